"""Stands in for JAX, which Debian does not have: NumPy's functions, and gradients by central differences.

Enough to run the exported scripts for a few iterations. Arguments that JAX would not accept are refused here too.
"""
from . import nn, numpy, tree
import numpy as _np


class config:
    @staticmethod
    def update(name, value):
        assert name == "jax_enable_x64" and isinstance(value, bool)


def jit(function):
    return function


def grad(function):
    def gradient(params, *rest):
        def derivative(array):
            assert array.dtype.kind == "f", "grad requires real- or complex-valued inputs, got %s" % array.dtype
            result = _np.zeros_like(array)
            for place in _np.ndindex(array.shape):
                value, step = array[place], 1e-6 * max(1, abs(array[place]))
                ends = []
                for moved in (value + step, value - step):
                    array[place] = moved
                    ends.append(function(params, *rest))
                array[place] = value
                result[place] = (ends[0] - ends[1]) / (2 * step)
            return result

        return tree.map(derivative, params)

    return gradient

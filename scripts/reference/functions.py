"""Exact values of functions, by mpmath."""

from fractions import Fraction

import mpmath
import numpy as np


def nearest(exact):
    """The double nearest to an mpmath number, subnormal and overflowing ones included."""
    if not mpmath.isfinite(exact):
        return float(exact)
    sign, man, exponent, _ = exact._mpf_
    fraction = Fraction(int(man)) * Fraction(2) ** exponent
    try:
        return float(-fraction if sign else fraction)
    except OverflowError:
        return -np.inf if sign else np.inf


def exactly(function, points):
    """Rows: x, the nearest double to function(x), and what the double lacks of it (0 where it is not finite)."""
    rows = []
    for x in points:
        exact = function(mpmath.mpf(float(x)))
        value = nearest(exact)
        rows.append((x, value, nearest(exact - mpmath.mpf(value)) if np.isfinite(value) else 0.0))
    return np.array(rows).T


def both_signs(points):
    return np.concatenate([-points[::-1], points])


def spread_over_magnitudes(low, high, count, random):
    """Points between 10^low and 10^high, evenly in the logarithm."""
    return 10 ** random.uniform(low, high, count)


def normal_tail(p_degree, q_degree, middle=4, last=mpmath.mpf("3.5")):
    """Coefficients of P and Q, from the constant on, with Phi(-x) = e^(-x^2/2) P(x) / Q(x) for x >= 0.

    P / Q is exact at 0, where P is 1/2 and Q is 1, and at the zeros of a Chebyshev polynomial of (x - middle) /
    (x + middle) over [0, last], one for each coefficient that is left. As the error counts less where e^(-x^2/2) is
    small, the largest one of Phi over all x is least about this middle and last: 9.5e-17 for (6, 7), 3.2e-9 for (3, 4).
    """
    unknowns = p_degree + q_degree
    t_last = (last - middle) / (last + middle)
    rows, values = [], []
    for i in range(unknowns):
        t = (t_last - 1) / 2 + (t_last + 1) / 2 * mpmath.cos(mpmath.pi * (2 * i + 1) / (2 * unknowns + 1))
        x = middle * (1 + t) / (1 - t)
        ratio = mpmath.exp(x**2 / 2) * mpmath.ncdf(-x)
        rows.append([x**k for k in range(1, p_degree + 1)] + [-ratio * x**k for k in range(1, q_degree + 1)])
        values.append(ratio - 0.5)
    solution = list(mpmath.lu_solve(mpmath.matrix(rows), mpmath.matrix(values)))
    return [mpmath.mpf(0.5), *solution[:p_degree]], [mpmath.mpf(1), *solution[p_degree:]]


def functions():
    """Elementary functions over their ranges, and the activations with their derivatives, in 60-digit arithmetic."""
    mpmath.mp.dps = 60
    random = np.random.RandomState(1)
    tiny = np.array([5e-324, 1e-310, 2.2250738585072014e-308, 1e-300])
    near_zero = both_signs(np.concatenate([tiny, spread_over_magnitudes(-20, 0, 150, random)]))
    exp_edges = [-746, -745.2, -745.13321910194122, -745, -740, -710, -708.39641853226408, -708, 708, 709.5,
                 709.782712893384, 709.78271289338409, 710]
    exp_points = np.concatenate([exp_edges, random.uniform(-745, 709.78, 300), random.uniform(-2, 2, 200), near_zero])
    yield "exp", exactly(mpmath.exp, exp_points)
    yield "expm1", exactly(mpmath.expm1, np.concatenate([random.uniform(-60, 700, 300), random.uniform(-2, 2, 300),
                                                         near_zero]))
    log_edges = [5e-324, 1e-310, 2.2250738585072009e-308, 2.2250738585072014e-308, 0.5, np.nextafter(1, 0), 1,
                 np.nextafter(1, 2), np.sqrt(0.5), np.sqrt(2), 2, 1.7976931348623157e308]
    yield "log", exactly(mpmath.log, np.concatenate([log_edges, spread_over_magnitudes(-307, 308, 300, random),
                                                     random.uniform(0.5, 2, 300),
                                                     1 + both_signs(spread_over_magnitudes(-15, -1, 100, random))]))
    yield "tanh", exactly(mpmath.tanh, np.concatenate([random.uniform(-25, 25, 300), random.uniform(-1, 1, 300),
                                                       near_zero, [-1e300, -400, 400, 1e300]]))
    # Multiples of pi / 2 are where the reduction of the argument cancels most.
    multiples = np.concatenate([np.arange(-50, 51), random.randint(-60_000, 60_000, 200)]) * (np.pi / 2)
    angles = np.concatenate([multiples, random.uniform(-1e5, 1e5, 200), random.uniform(-10, 10, 300), near_zero])
    yield "sin", exactly(mpmath.sin, angles)
    yield "cos", exactly(mpmath.cos, angles)
    normal_points = np.concatenate([random.uniform(-9, 7, 500), near_zero, [-37.4, -30, -20, -10, 8.5, 30]])
    yield "normal_cdf", exactly(mpmath.ncdf, normal_points)
    yield "normal_density", exactly(mpmath.npdf, normal_points)
    for name, degrees in {"double": (6, 7), "float": (3, 4)}.items():
        for part, coefficients in zip("pq", normal_tail(*degrees)):
            yield f"normal_tail/{name}/{part}", np.array([nearest(c) for c in coefficients])
    yield "sigmoid", exactly(lambda x: 1 / (1 + mpmath.exp(-x)),
                             np.concatenate([random.uniform(-709.4, 40, 300), random.uniform(-40, 40, 300), near_zero,
                                             [-36.8, 36.7, 36.73, 36.74, 37, 37.5, 700, 1e300]]))

    grid = np.concatenate([np.arange(-320, 321) / 16, [-40, -30, -1e-3, -1e-8, 1e-8, 1e-3, 30, 40]])
    for name, (value, derivative) in exact_activations().items():
        yield f"activation/{name}", np.array([
            grid, *[[nearest(+f(mpmath.mpf(float(z)))) for z in grid] for f in (value, derivative)]])


def exact_activations():
    """Value and derivative as functions of an mpmath number; at a kink the derivative is that from below."""
    mp = mpmath.mpf
    slope, alpha = mp(0.01), mp("1.6732632423543772848170429916717")
    scale = mp("1.0507009873554804934193349852946")
    cdf = mpmath.ncdf
    logistic = lambda z: 1 / (1 + mpmath.exp(-z))  # noqa: E731
    return {
        "relu": (lambda z: z if z > 0 else mp(0), lambda z: mp(z > 0)),
        "leaky_relu": (lambda z: z if z > 0 else slope * z, lambda z: mp(1) if z > 0 else slope),
        "elu": (lambda z: z if z > 0 else mpmath.expm1(z), lambda z: mp(1) if z > 0 else mpmath.exp(z)),
        "selu": (lambda z: scale * (z if z > 0 else alpha * mpmath.expm1(z)),
                 lambda z: scale * (mp(1) if z > 0 else alpha * mpmath.exp(z))),
        "gelu": (lambda z: z * cdf(z), lambda z: cdf(z) + z * mpmath.npdf(z)),
        "silu": (lambda z: z * logistic(z), lambda z: logistic(z) * (1 + z * (1 - logistic(z)))),
        "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2),
        "sigmoid": (logistic, lambda z: logistic(z) * (1 - logistic(z))),
        "linear": (lambda z: z, lambda z: mp(1)),
    }

"""The training in NumPy, as the course's notebook writes it, or (one output) in PyTorch with autograd.

    python3 peer_python.py (numpy|torch) JOB PRECISION ITERATIONS SECONDS

Prints the costs at iteration 0 and after ITERATIONS, the time of an iteration in the fastest stretch, and the BLAS or version that did it.
"""
import json
import os
import sys
import time

import numpy as np


def read_job(path):
    numbers = np.fromfile(path)
    features, examples, outputs, hidden = (int(numbers[i]) for i in (0, 1, 3, 4))
    widths = [features, *(int(w) for w in numbers[5:5 + hidden]), outputs]
    rest = numbers[5 + hidden:]
    x, rest = rest[:features * examples].reshape(features, examples), rest[features * examples:]
    y, rest = rest[:examples].reshape(1, examples), rest[examples:]
    if outputs > 1:
        y = (np.arange(outputs).reshape(-1, 1) == y) * 1.0
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        w, rest = rest[:fan_in * fan_out].reshape(fan_out, fan_in), rest[fan_in * fan_out:]
        b, rest = rest[:fan_out].reshape(fan_out, 1), rest[fan_out:]
        layers.append([w, b])
    return x, y, layers, numbers[2]


class NumpyTraining:
    def __init__(self, x, y, layers, rate, precision):
        self.x, self.y, self.rate = x.astype(precision), y.astype(precision), rate
        self.layers = [[w.astype(precision), b.astype(precision)] for w, b in layers]

    @property
    def library(self):
        with open("/proc/self/maps", encoding="utf-8") as maps:
            files = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line}
        return "OpenBLAS" if any("openblas" in file for file in files) else "reference BLAS"

    def output(self, z):
        if len(z) == 1:
            return 1 / (1 + np.exp(-z))
        e = np.exp(z - np.max(z, axis=0))
        return e / np.sum(e, axis=0)

    def forward(self):
        a = [self.x]
        for l, (w, b) in enumerate(self.layers):
            z = np.dot(w, a[-1]) + b
            a.append(self.output(z) if l == len(self.layers) - 1 else np.maximum(0, z))
        return a

    def step(self, n):
        m = self.y.shape[1]
        for _ in range(n):
            a = self.forward()
            dz = 1 / m * (a[-1] - self.y)
            gradients = []
            for l in range(len(self.layers) - 1, -1, -1):
                gradients.append((np.dot(dz, a[l].T), np.sum(dz, axis=1, keepdims=True)))
                if l > 0:
                    # The notebook multiplies by np.int64(a > 0), which would make float64 of float32.
                    dz = np.multiply(np.dot(self.layers[l][0].T, dz), a[l] > 0)
            for layer, (dw, db) in zip(self.layers, reversed(gradients)):
                layer[0] = layer[0] - self.rate * dw
                layer[1] = layer[1] - self.rate * db

    def cost(self):
        a = self.forward()[-1]
        likelihood = np.where(self.y > 0, a, 1 - a if len(a) == 1 else 1)
        return float(np.sum(-np.log(likelihood)) / self.y.shape[1])


class TorchTraining:
    def __init__(self, x, y, layers, rate, precision):
        import torch

        self.torch, self.rate, self.library = torch, rate, "PyTorch " + torch.__version__
        torch.set_num_threads(1)
        kind = getattr(torch, precision)
        self.x, self.y = torch.tensor(x, dtype=kind), torch.tensor(y, dtype=kind)
        self.parameters = [torch.tensor(p, dtype=kind, requires_grad=True) for layer in layers for p in layer]

    def loss(self):
        a = self.x
        for w, b in zip(self.parameters[::2], self.parameters[1::2]):
            z = w @ a + b
            a = self.torch.relu(z)
        return self.torch.nn.functional.binary_cross_entropy_with_logits(z, self.y)

    def step(self, n):
        for _ in range(n):
            gradients = self.torch.autograd.grad(self.loss(), self.parameters)
            with self.torch.no_grad():
                for parameter, gradient in zip(self.parameters, gradients):
                    parameter.sub_(gradient, alpha=self.rate)

    def cost(self):
        return float(self.loss())


def main():
    kind, path, precision, iterations, seconds = sys.argv[1:]
    training = {"numpy": NumpyTraining, "torch": TorchTraining}[kind](*read_job(path), precision)
    first = training.cost()
    training.step(int(iterations))
    last = training.cost()
    times = []
    while sum(times) < float(seconds) or len(times) < 5:
        start = time.perf_counter()
        training.step(10)
        times.append(time.perf_counter() - start)
    print(json.dumps({"costs": [first, last], "microseconds": min(times) / 10 * 1e6,
                      "library": training.library}))


if __name__ == "__main__":
    main()

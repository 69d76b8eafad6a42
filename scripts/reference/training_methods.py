"""The training methods of the Optimization methods notebook, on batches, with L2 and decay of the rate."""

import numpy as np

from reference.datasets import circles
from reference.notebooks import cost_of, drawn_network, flat, forward, gradient_of

METHOD_RATES = {"gd": 0.1, "momentum": 0.1, "rmsprop": 0.01, "adam": 0.01}
BETA1, BETA2, EPSILON = 0.9, {"rmsprop": 0.9, "adam": 0.999}, 1e-8
BATCH_SEED = 7
DECAY_INTERVAL = 2


def update(method, network, gradient, averages, squares, t, rate):
    """One update of update_parameters_with_… of the Optimization methods notebook, in place; t counts from 1."""
    for layer, slopes, v, s in zip(network, gradient, averages, squares):
        for k in range(2):
            step = slopes[k]
            if method in ("momentum", "adam"):
                v[k] = BETA1 * v[k] + (1 - BETA1) * slopes[k]
                step = v[k] / (1 - BETA1**t) if method == "adam" else v[k]
            if method in ("rmsprop", "adam"):
                s[k] = BETA2[method] * s[k] + (1 - BETA2[method]) * np.square(slopes[k])
                step = step / (np.sqrt(s[k] / (1 - BETA2[method]**t) if method == "adam" else s[k]) + EPSILON)
            layer[k] = layer[k] - rate * step


def training_methods():
    """Parameters after 100 updates and the costs before and after, for each method, batch, L2 and decay of the rate."""
    x, y = circles()
    m = y.shape[1]
    for method, rate in METHOD_RATES.items():
        for batch in (0, 64):
            for l2 in (0, 0.7):
                for decay in (0, 0.5):
                    network = drawn_network([2, 10, 5, 1], 3, lambda n_in: np.sqrt(2.0 / n_in))
                    averages = [[0 * p for p in layer] for layer in network]
                    squares = [[0 * p for p in layer] for layer in network]
                    size = batch or m
                    per_epoch = -(-m // size)
                    costs = []
                    for t in range(101):
                        # An epoch minimizes the mean over the batches: each of b examples adds l2 / (2 b).
                        costs.append(cost_of(network, forward(network, x, "relu", "sigmoid")[-1], y, "sigmoid",
                                             l2 * per_epoch))
                        if t == 100:
                            break
                        epoch, k = divmod(t, per_epoch)
                        order = np.arange(m)
                        if batch:
                            np.random.seed(BATCH_SEED + epoch)
                            order = np.random.permutation(m)
                        chosen = order[k * size:(k + 1) * size]
                        gradient = gradient_of(network, x[:, chosen], y[:, chosen], "relu", "sigmoid", l2)
                        slower = rate / (1 + decay * np.floor(epoch / DECAY_INTERVAL))
                        update(method, network, gradient, averages, squares, t + 1, slower)
                    name = f"{method}/batch_{batch}/l2_{l2}/decay_{decay}"
                    yield f"{name}/parameters_at_100", flat(network)
                    yield f"{name}/costs", np.array(costs)

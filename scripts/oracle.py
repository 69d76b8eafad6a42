#!/usr/bin/python3
"""Writes tests/fixtures (the results of NumPy, scikit-learn, mpmath and the course's notebooks) and src/js/data.

    /usr/bin/python3 scripts/oracle.py            write the fixtures
    /usr/bin/python3 scripts/oracle.py --check    write nothing; fail if a fixture would change

Runs on Debian 12's python3-numpy (1.24.2), python3-sklearn (1.2.1) and python3-mpmath (1.2.1), and takes half a minute.
Other versions can check (to 1e-9), but should not write. Nothing here is shared with the C++ code: the networks are the
notebooks' own lines of NumPy, on any number of layers.

A fixture NAME is two files. NAME.bin holds float64 numbers, little-endian, one array after the other, each row by row.
NAME.txt has one line an array: its name, rows, columns, and the index in NAME.bin of its first number.
Conventions are those of the core: column = example, and parameters lie in one vector, W1, b1, W2, b2, …
"""

import os
import sys

# NumPy and the C library choose their code by the processor. Limited to the instructions of every x86-64, they give the
# same bits on all machines. Debian's reference BLAS does too; it is present even where another one is installed.
PORTABLE = {
    "NPY_DISABLE_CPU_FEATURES": "SSSE3 SSE41 POPCNT SSE42 AVX F16C FMA3 AVX2 AVX512F AVX512CD AVX512_SKX "
    "AVX512_CLX AVX512_CNL AVX512_ICL",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
    "LD_LIBRARY_PATH": "/usr/lib/x86_64-linux-gnu/blas:/usr/lib/x86_64-linux-gnu/lapack",
}
if any(os.environ.get(name) != value for name, value in PORTABLE.items()):
    os.execve(sys.executable, [sys.executable, "-W", "ignore", *sys.argv], {**os.environ, **PORTABLE})

import base64  # noqa: E402
import json  # noqa: E402
from fractions import Fraction  # noqa: E402
from pathlib import Path  # noqa: E402

import mpmath  # noqa: E402
import numpy as np  # noqa: E402
import sklearn  # noqa: E402
from sklearn.datasets import (  # noqa: E402
    load_digits, make_blobs, make_circles, make_gaussian_quantiles, make_moons)

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
VERSIONS = {"numpy": (np.__version__, "1.24.2"), "sklearn": (sklearn.__version__, "1.2.1"),
            "mpmath": (mpmath.__version__, "1.2.1")}


# --- The random stream ------------------------------------------------------------------------------------------------

SEEDS = [0, 1, 3, 5489, 123456789, 2**32 - 1]


def random_stream():
    """100,000 draws of uniform and randn from seed 1; words, permutations, shuffles and a mixture from each of SEEDS."""
    yield "uniform", np.random.RandomState(1).random_sample(100_000)
    yield "randn", np.random.RandomState(1).randn(100_000)
    for seed in SEEDS:
        # 700 words: the generator's 624 and some of its second round.
        yield f"words/{seed}", np.random.RandomState(seed)._bit_generator.random_raw(700)
        for n in (1, 2, 3, 64, 300, 1000):
            yield f"permutation/{seed}/{n}", np.random.RandomState(seed).permutation(n)
        random = np.random.RandomState(seed)
        items = np.arange(50)
        for _ in range(3):
            random.shuffle(items)
        yield f"shuffled_three_times/{seed}", items
        # An odd number of normals leaves one kept, which the draws between must not touch.
        random = np.random.RandomState(seed)
        mixture = [random.randn(), random.random_sample(), random.uniform(-10, 10), random.normal(3, 0.5),
                   *random.permutation(7), *random.randn(3), random.random_sample(), random.randn()]
        yield f"mixture/{seed}", np.array(mixture)


# --- Data sets: x is 2 by m, y is 1 by m ------------------------------------------------------------------------------


def flower(samples=400, seed=1, length=4, noise=0.2):
    """load_planar_dataset of the course (planar_utils.py)."""
    np.random.seed(seed)
    half = samples // 2
    x, y = np.zeros((samples, 2)), np.zeros((samples, 1))
    for j in range(2):
        ix = range(half * j, half * (j + 1))
        t = np.linspace(j * 3.12, (j + 1) * 3.12, half) + np.random.randn(half) * noise
        r = length * np.sin(4 * t) + np.random.randn(half) * noise
        x[ix] = np.c_[r * np.sin(t), r * np.cos(t)]
        y[ix] = j
    return x.T, y.T


def from_sklearn(drawn):
    x, y = drawn[:2]
    return x.T, y.reshape(1, -1)


def circles(samples=300, noise=0.05, factor=0.8, seed=1):
    return from_sklearn(make_circles(samples, noise=noise, factor=factor, random_state=seed))


def moons(samples=200, noise=0.2, seed=1):
    return from_sklearn(make_moons(samples, noise=noise, random_state=seed))


def blobs(samples=200, centers=6, spread=1.0, seed=5):
    return from_sklearn(make_blobs(samples, 2, centers=centers, cluster_std=spread, random_state=seed))


def blobs_test_part(samples=200, centers=6, training_seed=5, seed=6):
    """The centres of the training part's seed, points of another."""
    *_, places = make_blobs(samples, 2, centers=centers, random_state=training_seed, return_centers=True)
    return from_sklearn(make_blobs(samples, 2, centers=places, random_state=seed))


def gaussian_quantiles(samples=200, variance=0.5, classes=2, seed=1):
    return from_sklearn(make_gaussian_quantiles(cov=variance, n_samples=samples, n_features=2, n_classes=classes,
                                                random_state=seed))


def spiral(samples=400, arms=2, turns=1.5, noise=0.03, seed=1):
    """Init Lab's own recipe: arms one after the other, the first ones longer by one where arms do not divide samples."""
    random = np.random.RandomState(seed)
    parts = [np.linspace(0, 1, samples // arms + (arm < samples % arms)) for arm in range(arms)]
    t = np.concatenate(parts)
    arm = np.repeat(np.arange(arms), [len(part) for part in parts])
    angle = 2 * np.pi * (turns * t + arm / arms)
    x = np.c_[t * np.cos(angle), t * np.sin(angle)] + noise * random.randn(samples, 2)
    return x.T, arm.reshape(1, -1)


def xor(samples=200, noise=0.05, seed=1):
    """Init Lab's own recipe: uniform on the square, class 1 where the signs differ, then noise."""
    random = np.random.RandomState(seed)
    x = random.uniform(-1, 1, (samples, 2))
    y = (x[:, 0] > 0) != (x[:, 1] > 0)
    return (x + noise * random.randn(samples, 2)).T, y.reshape(1, -1)


def playground(label, samples=600, noise=0.0, seed=1):
    """A regression set of TensorFlow Playground's dataset.ts: its lines, drawn from NumPy's stream."""
    random = np.random.RandomState(seed)
    drawn = random.uniform(-6, 6, (samples, 4))
    moved = drawn[:, :2] + drawn[:, 2:] * noise
    return drawn[:, :2].T, np.array([[label(*place) for place in moved]])


def plane_label(x, y):
    return np.interp(x + y, [-20, 20], [-2, 2])


def gauss_label(x, y):
    label = 0
    for cx, cy, sign in [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]:
        new = sign * np.interp(np.hypot(x - cx, y - cy), [0, 2], [1, 0])
        if abs(new) > abs(label):
            label = new
    return label


def digits(samples=1437, test_samples=360, seed=1):
    """Both parts of scikit-learn's digits, pixels divided by 16."""
    pictures, labels = load_digits(return_X_y=True)
    order = np.random.RandomState(seed).permutation(len(labels))
    x, y = pictures[order].T / 16, labels[order].reshape(1, -1)
    last = samples + test_samples
    return (x[:, :samples], y[:, :samples]), (x[:, samples:last], y[:, samples:last])


def packed_digits():
    """The pictures as src/core/init_lab/data/digits.hpp describes the file."""
    content = bytearray()
    for picture, label in zip(*load_digits(return_X_y=True)):
        inked = picture[picture > 0].astype(np.uint8) - 1
        halves = np.append(inked, [0] * (len(inked) % 2)).reshape(-1, 2)
        content.append(label)
        content.extend(np.packbits(picture > 0, bitorder="little"))
        content.extend((halves[:, 0] + 16 * halves[:, 1]).astype(np.uint8))
    return bytes(content)


def digits_module():
    """src/js/data/digits.js, which is imported only when an experiment asks for the digits."""
    return f"""\
// Handwritten digits: 1,797 pictures of 8 by 8 pixels. Written by scripts/oracle.py.
//
// E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
// Repository, https://doi.org/10.24432/C50P49, licensed under CC BY 4.0
// (https://creativecommons.org/licenses/by/4.0/). The part that scikit-learn's load_digits gives,
// packed as src/core/init_lab/data/digits.hpp says; otherwise unchanged.

/** The packed pictures in base64. @type {{string}} */
export default '{base64.b64encode(packed_digits()).decode()}';
""".encode()


def data_sets():
    """Every data set with its defaults, both parts, and a variant with sizes that do not divide evenly.

    Labels are classes, from 0 on; for two classes the tests take them modulo 2, as the course's planar notebook does.
    """
    drawn = {
        "flower/train": flower(),
        "flower/test": flower(seed=2),
        "flower/variant": flower(samples=90, seed=7, length=2.5, noise=0.4),
        "circles/train": circles(),
        "circles/test": circles(samples=100, seed=2),
        "circles/variant": circles(samples=301, noise=0.0, factor=0.3, seed=4),
        "noisy_circles/train": circles(samples=200, noise=0.3, factor=0.5),
        "noisy_circles/test": circles(samples=200, noise=0.3, factor=0.5, seed=2),
        "noisy_circles/variant": circles(samples=3, noise=1.5, factor=0.0, seed=2**32 - 1),
        "moons/train": moons(),
        "moons/test": moons(seed=2),
        "moons/variant": moons(samples=201, noise=0.1, seed=9),
        "blobs/train": blobs(),
        "blobs/test": blobs_test_part(),
        "blobs/variant": blobs(samples=101, centers=7, spread=0.5, seed=0),
        "gaussian_quantiles/train": gaussian_quantiles(),
        "gaussian_quantiles/test": gaussian_quantiles(seed=2),
        "gaussian_quantiles/variant": gaussian_quantiles(samples=203, variance=2.0, classes=5, seed=8),
        "spiral/train": spiral(),
        "spiral/test": spiral(seed=2),
        "spiral/variant": spiral(samples=101, arms=3, turns=0.7, noise=0.1, seed=3),
        "xor/train": xor(),
        "xor/test": xor(seed=2),
        "xor/variant": xor(samples=33, noise=0.2, seed=6),
        "plane/train": playground(plane_label),
        "plane/test": playground(plane_label, seed=2),
        "plane/variant": playground(plane_label, samples=41, noise=0.3, seed=5),
        "gauss/train": playground(gauss_label),
        "gauss/test": playground(gauss_label, seed=2),
        "gauss/variant": playground(gauss_label, samples=41, noise=0.3, seed=5),
    }
    for name, (x, y) in drawn.items():
        yield f"{name}/x", x
        yield f"{name}/y", y
    # The sums of the pictures tell their order; the sums of the pixels, which pixel is where.
    for part, (x, y) in zip(["train", "test"], digits()):
        yield f"digits/{part}/picture_sums", x.sum(axis=0)
        yield f"digits/{part}/pixel_sums", x.sum(axis=1)
        yield f"digits/{part}/y", y


# --- Networks: a list of [W, b] of each layer -------------------------------------------------------------------------


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def drawn_network(widths, seed, deviation):
    """`deviation` gives the weight standard deviation from the fan-in; biases are zero."""
    np.random.seed(seed)
    return [[np.random.randn(n_out, n_in) * deviation(n_in), np.zeros((n_out, 1))]
            for n_in, n_out in zip(widths, widths[1:])]


def flat(network):
    return np.concatenate([np.ravel(part) for layer in network for part in layer])


def forward(network, x, hidden, output):
    """The activations of every layer, the examples first."""
    phi = {"relu": lambda z: np.maximum(0, z), "tanh": np.tanh, "sigmoid": sigmoid}
    activations = [x]
    for i, (w, b) in enumerate(network):
        z = np.dot(w, activations[-1]) + b
        activations.append(phi[output if i == len(network) - 1 else hidden](z))
    return activations


def cost_of(network, a, y, output, l2=0.0):
    """compute_loss of the Initialization notebook; for a tanh output half the mean square; and the L2 term."""
    m = y.shape[1]
    if output == "tanh":
        data = np.mean((a - (2 * y - 1)) ** 2) / 2
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            data = 1.0 / m * np.nansum(np.multiply(-np.log(a), y) + np.multiply(-np.log(1 - a), 1 - y))
    return data + l2 / (2 * m) * sum(np.sum(np.square(w)) for w, _ in network)


def gradient_of(network, x, y, hidden, output, l2=0.0):
    """backward_propagation of the notebooks, gradients in the shape of the network."""
    m = y.shape[1]
    activations = forward(network, x, hidden, output)
    a = activations[-1]
    dz = 1.0 / m * ((a - (2 * y - 1)) * (1 - a**2) if output == "tanh" else a - y)
    gradient = []
    for i in reversed(range(len(network))):
        w = network[i][0]
        below = activations[i]
        gradient.insert(0, [np.dot(dz, below.T) + l2 / m * w, np.sum(dz, axis=1, keepdims=True)])
        slope = np.int64(below > 0) if hidden == "relu" else 1 - np.power(below, 2)
        dz = np.multiply(np.dot(w.T, dz), slope)
    return gradient


def trained(network, x, y, hidden, output, rate, iterations):
    """Full-batch gradient descent; yields the network at every iteration, the last one included."""
    for _ in range(iterations):
        yield network
        gradient = gradient_of(network, x, y, hidden, output)
        network = [[p - rate * g for p, g in zip(*layers)] for layers in zip(network, gradient)]
    yield network


def accuracy_of(network, x, y, hidden):
    return np.mean((forward(network, x, hidden, "sigmoid")[-1] > 0.5) == y)


def trace(name, network, x, y, hidden, output, rate, iterations, every, kept=(0, 100)):
    """Yields the parameters at the iterations `kept` and at the end, and the cost at 0, every, 2 every, …

    The last network is what the caller's `yield from` gets.
    """
    costs = []
    for i, network in enumerate(trained(network, x, y, hidden, output, rate, iterations)):
        if i in kept:
            yield f"{name}/parameters_at_{i}", flat(network)
        if i % every == 0 and i < iterations:
            costs.append(cost_of(network, forward(network, x, hidden, output)[-1], y, output))
    yield f"{name}/costs", np.array(costs)
    yield f"{name}/parameters_at_end", flat(network)
    return network


def predictions_on_grid(network):
    """P(y = 1) on 20 columns by 16 rows over [-5, 5] by [-4, 4], at the middles of the cells, the top row first."""
    x1, x2 = np.meshgrid(-5 + (np.arange(20) + 0.5) / 20 * 10, 4 - (np.arange(16) + 0.5) / 16 * 8)
    return forward(network, np.vstack([x1.ravel(), x2.ravel()]), "tanh", "sigmoid")[-1].reshape(16, 20)


def notebooks():
    """The Initialization notebook's experiment and its variations, the planar notebook's flower, a tanh output."""
    x, y = circles()
    test_x, test_y = circles(samples=100, seed=2)
    deviations = {
        "normal_10": lambda _: 10,
        "normal_0.1": lambda _: 0.1,
        "normal_0.01": lambda _: 0.01,
        "normal_1": lambda _: 1,
        "zeros": lambda _: 0,
        "he": lambda n_in: np.sqrt(2.0 / n_in),
        "lecun": lambda n_in: np.sqrt(1.0 / n_in),
    }
    for name, deviation in deviations.items():
        network = drawn_network([2, 10, 5, 1], 3, deviation)
        network = yield from trace(f"circles/{name}", network, x, y, "relu", "sigmoid", 0.01, 15_000, 1_000)
        yield f"circles/{name}/accuracies", np.array(
            [accuracy_of(network, x, y, "relu"), accuracy_of(network, test_x, test_y, "relu")])

    # The flower's run is chaotic from about iteration 7,000 on: moved by one unit in the last place of W1[0][0] at the
    # start, NumPy itself ends at another accuracy (90.5 % for 90.75 %). "nudged" is that run, so that a test can measure
    # how far apart NumPy stands from NumPy and ask for no more than that; until 6,000 both agree to 1e-12.
    x, y = flower()
    for name, towards in {"flower": None, "flower/nudged": np.inf}.items():
        network = drawn_network([2, 4, 1], 2, lambda _: 0.01)
        if towards is not None:
            network[0][0][0, 0] = np.nextafter(network[0][0][0, 0], towards)
        network = yield from trace(name, network, x, y, "tanh", "sigmoid", 1.2, 10_000, 1_000, kept=(0, 100, 6_000))
        yield f"{name}/accuracies", np.array([accuracy_of(network, x, y, "tanh")])
        yield f"{name}/grid_at_end", predictions_on_grid(network)

    x, y = circles()
    network = drawn_network([2, 10, 5, 1], 3, lambda n_in: np.sqrt(2.0 / n_in))
    yield from trace("tanh_output", network, x, y, "relu", "tanh", 0.1, 100, 10)


# --- Training methods -------------------------------------------------------------------------------------------------

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


# --- Experiments: the plain objects that the lab takes, run line by line in NumPy -------------------------------------

# Each is in the fixture as it stands here: the tests hand the same object to the lab. Nothing is left to a default that
# would matter, except where the default itself is the subject.

BLOBS = {"name": "blobs", "samples": 90, "centers": 4, "spread": 1.5, "seed": 5, "testSamples": 0}
PLANE = {"name": "plane", "samples": 80, "noise": 0.1, "seed": 1, "testSamples": 0}
STACK = {"dataset": BLOBS, "layers": [6] * 5, "activations": "relu", "output": "softmax",
         "init": {"name": "he_normal", "seed": 3}, "optimizer": {"name": "gd", "learningRate": 0.02}}

NETWORKS = {
    "softmax": {**STACK, "layers": [8, 5]},
    "softmax/digits/adam": {
        "dataset": {"name": "digits", "samples": 200, "testSamples": 0}, "layers": [16], "activations": "tanh",
        "output": "softmax", "init": {"name": "glorot_normal", "seed": 4},
        "optimizer": {"name": "adam", "learningRate": 0.01, "batchSize": 64, "batchSeed": 11}},
    "softmax/momentum": {
        **STACK, "layers": [8, 5],
        "optimizer": {"name": "momentum", "learningRate": 0.05, "beta1": 0.9, "batchSize": 32, "batchSeed": 11}},
    "linear": {"dataset": PLANE, "layers": [10, 5], "activations": "tanh", "output": "linear",
               "init": {"name": "lecun_normal", "seed": 3}, "optimizer": {"name": "gd", "learningRate": 0.02}},
    "linear/gauss/adam": {
        "dataset": {"name": "gauss", "samples": 80, "noise": 0, "seed": 2, "testSamples": 0}, "layers": [8],
        "activations": "relu", "output": "linear", "init": {"name": "he_normal", "seed": 5},
        "optimizer": {"name": "adam", "learningRate": 0.01}},
    "leaky_relu": {**STACK, "layers": [8, 5], "activations": {"name": "leaky_relu", "slope": 0.2}},
    "frozen": {**STACK, "layers": [8, 5], "frozen": [1]},
    "skip/1": {**STACK, "skip": {"scale": 1}},
    "skip/root": {**STACK, "skip": {"scale": "1/sqrt(L)"}},
    "skip/inverse": {**STACK, "skip": {"scale": "1/L"}},
    "skip/number": {**STACK, "skip": {"scale": 0.3}},
    "skip/learned": {**STACK, "skip": {"scale": 0, "learned": True}},
    "skip/learned/adam": {**STACK, "skip": {"scale": 0.5, "learned": True}, "activations": "tanh",
                          "optimizer": {"name": "adam", "learningRate": 0.01}},
    "batch": {**STACK, "normalization": "batch"},
    "batch/tanh/batches": {
        **STACK, "layers": [6, 6], "activations": "tanh", "normalization": {"name": "batch", "epsilon": 1e-3},
        "optimizer": {"name": "gd", "learningRate": 0.02, "batchSize": 32, "batchSeed": 11}},
    "layer": {**STACK, "normalization": "layer"},
    "layer/tanh/skip": {**STACK, "activations": "tanh", "normalization": "layer", "skip": {"scale": 0.5}},
    "batch/skip/learned": {**STACK, "normalization": "batch", "skip": {"scale": 0.5, "learned": True}},
    "mup": {**STACK, "layers": [12, 12], "parametrization": {"name": "mup", "baseWidth": 4}},
    "mup/adam": {**STACK, "layers": [12, 12], "parametrization": {"name": "mup", "baseWidth": 4},
                 "optimizer": {"name": "adam", "learningRate": 0.01}},
    "standardize": {**STACK, "layers": [8], "dataset": {**BLOBS, "standardize": True}},
}

START_NETWORK = {"dataset": BLOBS, "layers": [7, 5], "activations": "relu", "output": "softmax",
                 "optimizer": {"name": "gd", "learningRate": 0.02}}
UNEVEN = {**BLOBS, "samples": 101, "centers": 3}

STARTS = {
    "pytorch_linear": {"name": "pytorch_linear"},
    "keras_dense": {"name": "keras_dense"},
    "keras_he_normal": {"name": "keras_he_normal"},
    "keras_glorot_normal": {"name": "keras_glorot_normal"},
    "keras_lecun_normal": {"name": "keras_lecun_normal"},
    "flax_dense": {"name": "flax_dense"},
    "haiku_linear": {"name": "haiku_linear"},
    "sklearn_mlp": {"name": "sklearn_mlp"},
    "playground": {"name": "playground"},
    "convnetjs": {"name": "convnetjs"},
    "uniform": {"name": "uniform", "low": 0, "high": 0.01},
    "variance_scaling": {"name": "variance_scaling", "scale": 2, "mode": "fan_out", "distribution": "truncated_normal"},
    "variance_scaling/normal": {"name": "variance_scaling", "scale": 3, "mode": "fan_avg", "distribution": "normal"},
    "variance_scaling/uniform": {"name": "variance_scaling", "scale": 1, "mode": "fan_in", "distribution": "uniform"},
    "formula": {"name": "formula", "std": "sqrt(2 / n_in) * 0.9 ^ layer"},
    "given": {"name": "given", "parameters": [round(0.01 * i - 0.4, 2) for i in range(2 * 7 + 7 + 7 * 5 + 5 + 5 * 4 + 4)]},
    "bias/zeros": {"name": "pytorch_linear", "bias": {"name": "zeros"}},
    "bias/constant": {"name": "zeros", "bias": {"name": "constant", "value": 0.25}},
    "bias/normal": {"name": "he_normal", "bias": {"name": "normal", "std": 0.5}},
    "bias/uniform": {"name": "he_normal", "bias": {"name": "uniform"}},
    "bias/log_odds": {"name": "he_normal", "outputBias": {"name": "log_odds"}},
}
EXPERIMENTS = {
    **{f"network/{name}": {**spec, "iterations": 100, "record": 10} for name, spec in NETWORKS.items()},
    **{f"start/{name}": {**START_NETWORK, "dataset": UNEVEN if name == "bias/log_odds" else BLOBS,
                         "init": {"seed": 6, **init}, "iterations": 0}
       for name, init in STARTS.items()},
}


def examples_of(spec):
    """Features (n by m) and labels (1 by m) of the training part."""
    given = {"samples": "samples", "centers": "centers", "spread": "spread", "seed": "seed", "noise": "noise"}
    dataset = spec["dataset"]
    arguments = {given[key]: value for key, value in dataset.items() if key in given}
    draw = {"blobs": blobs, "plane": lambda **rest: playground(plane_label, **rest),
            "gauss": lambda **rest: playground(gauss_label, **rest), "digits": lambda **rest: digits(**rest)[0]}
    x, y = draw[dataset["name"]](**arguments)
    if dataset.get("standardize"):
        x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    return x, y


def truncated(random, count):
    """The next `count` values of the stream's randn() that are at most 2 in absolute value."""
    values = []
    while len(values) < count:
        value = random.randn()
        if abs(value) <= 2:
            values.append(value)
    return np.array(values)


TRUNCATED_STD = 0.87962566103423978
UNIFORM_LIMITS = {
    "pytorch_linear": lambda n_in, n_out: np.sqrt(1 / n_in),
    "keras_dense": lambda n_in, n_out: np.sqrt(6 / (n_in + n_out)),
    "sklearn_mlp": lambda n_in, n_out: np.sqrt(6 / (n_in + n_out)),
    "playground": lambda n_in, n_out: 0.5,
}
DEVIATIONS = {
    "zeros": lambda n_in, n_out: 0,
    "he_normal": lambda n_in, n_out: np.sqrt(2 / n_in),
    "lecun_normal": lambda n_in, n_out: np.sqrt(1 / n_in),
    "convnetjs": lambda n_in, n_out: np.sqrt(1 / n_in),
    "glorot_normal": lambda n_in, n_out: np.sqrt(2 / (n_in + n_out)),
    "keras_he_normal": lambda n_in, n_out: np.sqrt(2 / n_in) / TRUNCATED_STD,
    "keras_glorot_normal": lambda n_in, n_out: np.sqrt(2 / (n_in + n_out)) / TRUNCATED_STD,
    "keras_lecun_normal": lambda n_in, n_out: np.sqrt(1 / n_in) / TRUNCATED_STD,
    "flax_dense": lambda n_in, n_out: np.sqrt(1 / n_in) / TRUNCATED_STD,
    "haiku_linear": lambda n_in, n_out: np.sqrt(1 / n_in),
}
TRUNCATED = ["keras_he_normal", "keras_glorot_normal", "keras_lecun_normal", "flax_dense", "haiku_linear"]


def drawn_weights(init, random, n_in, n_out, layer):
    """W of one layer (n_out by n_in) from the stream of all layers; `layer` counts from 1."""
    name, shape = init["name"], (n_out, n_in)
    if name in UNIFORM_LIMITS:
        limit = UNIFORM_LIMITS[name](n_in, n_out)
        return random.uniform(-limit, limit, shape)
    if name == "uniform":
        return random.uniform(init["low"], init["high"], shape)
    if name == "formula":
        return random.randn(*shape) * (np.sqrt(2 / n_in) * 0.9**layer)
    if name == "variance_scaling":
        variance = init["scale"] / {"fan_in": n_in, "fan_out": n_out, "fan_avg": (n_in + n_out) / 2}[init["mode"]]
        if init["distribution"] == "uniform":
            limit = np.sqrt(3 * variance)
            return random.uniform(-limit, limit, shape)
        if init["distribution"] == "normal":
            return random.randn(*shape) * np.sqrt(variance)
        return truncated(random, n_out * n_in).reshape(shape) * (np.sqrt(variance) / TRUNCATED_STD)
    drawn = truncated(random, n_out * n_in).reshape(shape) if name in TRUNCATED else random.randn(*shape)
    return drawn * DEVIATIONS[name](n_in, n_out)


def drawn_biases(init, seed, n_in, n_out, layer, layers, labels):
    """b of one layer (n_out by 1); `layer` counts from 1. Random biases have a stream of the layer's own."""
    random = np.random.RandomState(seed ^ (0x9E3779B9 * layer & 0xFFFFFFFF))
    biases = np.zeros(n_out)
    if init["name"] in ("pytorch_linear", "sklearn_mlp"):
        limit = UNIFORM_LIMITS[init["name"]](n_in, n_out)
        biases = random.uniform(-limit, limit, n_out)
    elif init["name"] == "playground" or (init["name"] == "convnetjs" and layer < layers):
        biases = np.full(n_out, 0.1)
    bias = init.get("outputBias", init.get("bias")) if layer == layers else init.get("bias")
    if bias is not None:
        bound = 1 / np.sqrt(n_in)
        biases = {
            "zeros": lambda: np.zeros(n_out),
            "constant": lambda: np.full(n_out, bias["value"]),
            "normal": lambda: random.randn(n_out) * bias["std"],
            "uniform": lambda: random.uniform(-bound, bound, n_out),
            "log_odds": lambda: np.log(np.bincount(labels.ravel()) / labels.size),
        }[bias["name"]]()
    return biases.reshape(-1, 1)


class Experiment:
    """An experiment's network, as plain matrices: a dictionary of W, b and, where there are, gain, shift, s a layer."""

    def __init__(self, spec):
        self.spec, (self.x, self.y) = spec, examples_of(spec)
        self.output = spec["output"]
        outputs = self.y.max() + 1 if self.output == "softmax" else 1
        self.target = np.eye(outputs)[self.y.ravel()].T if self.output == "softmax" else self.y
        self.widths = [len(self.x), *spec["layers"], outputs]
        activation = spec["activations"]
        self.activation = activation if isinstance(activation, dict) else {"name": activation}
        normalization = spec.get("normalization", "none")
        self.normalization = normalization if isinstance(normalization, dict) else {"name": normalization}
        self.skip = spec.get("skip")
        self.last = len(self.widths) - 2
        self.layers = self.started()

    def started(self):
        init, layers, given = self.spec["init"], [], None
        random = np.random.RandomState(init["seed"])
        if init["name"] == "given":
            given = iter(init["parameters"])
        branches = len(self.spec["layers"]) - 1
        for l, (n_in, n_out) in enumerate(zip(self.widths, self.widths[1:])):
            if given:
                take = lambda count: np.array([next(given) for _ in range(count)])  # noqa: E731
                layer = {"W": take(n_out * n_in).reshape(n_out, n_in), "b": take(n_out).reshape(-1, 1)}
            else:
                layer = {"W": drawn_weights(init, random, n_in, n_out, l + 1),
                         "b": drawn_biases(init, init["seed"], n_in, n_out, l + 1, self.last + 1, self.y)}
            if self.activation["name"] == "leaky_relu" and init["name"] == "he_normal" and l < self.last:
                layer["W"] = layer["W"] / np.sqrt(1 + self.activation["slope"] ** 2)
            if l < self.last and self.normalization["name"] != "none":
                layer["gain"], layer["shift"] = np.ones((n_out, 1)), np.zeros((n_out, 1))
            if self.skip and 0 < l < self.last:
                scales = {"1/sqrt(L)": 1 / np.sqrt(branches), "1/L": 1 / branches}
                layer["s"] = np.array(float(scales.get(self.skip["scale"], self.skip["scale"])))
            if l == self.last and "parametrization" in self.spec:
                layer["W"] = layer["W"] * np.sqrt(self.spec["parametrization"]["baseWidth"] / n_in)
            layers.append(layer)
        return layers

    def parameters(self):
        """In the order of the lab: W, b, gain, shift, a learned s, layer by layer."""
        learned = self.skip is not None and self.skip.get("learned", False)
        return np.concatenate([np.ravel(layer[key]) for layer in self.layers for key in ("W", "b", "gain", "shift", "s")
                               if key in layer and (key != "s" or learned)])

    def phi(self, n):
        name = self.activation["name"]
        if name == "tanh":
            return np.tanh(n), 1 - np.tanh(n) ** 2
        slope = self.activation["slope"] if name == "leaky_relu" else 0
        return np.where(n > 0, n, slope * n), np.where(n > 0, 1, slope)

    def forward(self, x):
        """What each layer computes, kept for the backward pass."""
        a, z, kept = x, None, []
        axis = 1 if self.normalization["name"] == "batch" else 0
        for l, layer in enumerate(self.layers):
            step = {"below": a, "branch": layer["W"] @ a + layer["b"]}
            z = z + layer["s"] * step["branch"] if "s" in layer else step["branch"]
            n = z
            if "gain" in layer:
                deviation = np.sqrt(z.var(axis=axis, keepdims=True) + self.normalization.get("epsilon", 1e-5))
                step["deviation"], step["normal"] = deviation, (z - z.mean(axis=axis, keepdims=True)) / deviation
                n = layer["gain"] * step["normal"] + layer["shift"]
            if l < self.last:
                a, step["slope"] = self.phi(n)
            elif self.output == "softmax":
                step["logits"], powers = n, np.exp(n - n.max(axis=0))
                a = powers / powers.sum(axis=0)
            else:
                a = n
            kept.append(step)
        return a, kept

    def cost(self, x, target):
        a, kept = self.forward(x)
        if self.output == "softmax":
            # From the logits: a itself may round to 0.
            z = kept[-1]["logits"] - kept[-1]["logits"].max(axis=0)
            return np.mean(np.log(np.exp(z).sum(axis=0)) - np.sum(z * target, axis=0))
        return np.mean(np.sum((a - target) ** 2, axis=0)) / 2

    def gradient(self, x, target):
        a, kept = self.forward(x)
        axis = 1 if self.normalization["name"] == "batch" else 0
        # For softmax with cross-entropy and for a linear output with half the square alike.
        dz, gradient = (a - target) / x.shape[1], []
        for l in reversed(range(len(self.layers))):
            layer, step, slopes = self.layers[l], kept[l], {}
            dbranch = dz
            if "s" in layer:
                slopes["s"] = np.sum(dz * step["branch"])
                dbranch = layer["s"] * dz
            slopes["W"], slopes["b"] = dbranch @ step["below"].T, dbranch.sum(axis=1, keepdims=True)
            slopes.update(kept[l].get("slopes", {}))
            gradient.insert(0, slopes)
            if l == 0:
                break
            below, kept_below = self.layers[l - 1], kept[l - 1]
            dn = (layer["W"].T @ dbranch) * kept_below["slope"]
            dz_below = dn
            if "gain" in below:
                normal = kept_below["normal"]
                kept_below["slopes"] = {"gain": np.sum(dn * normal, axis=1, keepdims=True),
                                        "shift": dn.sum(axis=1, keepdims=True)}
                dnormal = dn * below["gain"]
                dz_below = (dnormal - dnormal.mean(axis=axis, keepdims=True)
                            - normal * np.mean(dnormal * normal, axis=axis, keepdims=True)) / kept_below["deviation"]
            # The skip connection hands the gradient on, past the branch.
            dz = dz_below + dz if "s" in layer else dz_below
        return gradient

    def rate_factor(self, l, key):
        """µP's factors of the learning rate (Yang & Hu et al. 2021, table 3), against the base width."""
        if "parametrization" not in self.spec:
            return 1
        base = self.spec["parametrization"]["baseWidth"]
        n_in, n_out = self.widths[l] / base, self.widths[l + 1] / base
        if self.spec["optimizer"]["name"] == "adam":
            return 1 / n_in if key == "W" and l > 0 else 1
        if l == self.last:
            return 1 / n_in if key == "W" else 1
        return n_out if l == 0 or key != "W" else 1

    def train(self, iterations):
        """Updates as the Optimization methods notebook writes them; yields the iteration before each, and at the end."""
        optimizer = self.spec["optimizer"]
        method, m = optimizer["name"], self.x.shape[1]
        size = optimizer.get("batchSize", m)
        per_epoch = -(-m // size)
        learned = self.skip is not None and self.skip.get("learned", False)
        averages = [{key: 0 * value for key, value in layer.items()} for layer in self.layers]
        squares = [{key: 0 * value for key, value in layer.items()} for layer in self.layers]
        for t in range(iterations):
            yield t
            epoch, k = divmod(t, per_epoch)
            order = np.arange(m)
            if size < m:
                order = np.random.RandomState(optimizer["batchSeed"] + epoch).permutation(m)
            chosen = order[k * size:(k + 1) * size]
            for l, slopes in enumerate(self.gradient(self.x[:, chosen], self.target[:, chosen])):
                if l in self.spec.get("frozen", []):
                    continue
                for key, g in slopes.items():
                    if key == "s" and not learned:
                        continue
                    step, v, s = g, averages[l], squares[l]
                    if method in ("momentum", "adam"):
                        v[key] = 0.9 * v[key] + 0.1 * g
                        step = v[key]
                    if method == "adam":
                        s[key] = 0.999 * s[key] + 0.001 * g**2
                        step = (v[key] / (1 - 0.9**(t + 1))) / (np.sqrt(s[key] / (1 - 0.999**(t + 1))) + 1e-8)
                    rate = optimizer["learningRate"] * self.rate_factor(l, key)
                    self.layers[l][key] = self.layers[l][key] - rate * step
        yield iterations


def experiments():
    """Parameters at the start and the end, and the costs at 0, 10, … (with the batch's own statistics)."""
    for name, spec in EXPERIMENTS.items():
        experiment = Experiment(spec)
        costs = []
        yield f"{name}/parameters_at_0", experiment.parameters()
        for t in experiment.train(spec["iterations"]):
            if t % 10 == 0:
                costs.append(experiment.cost(experiment.x, experiment.target))
        if spec["iterations"]:
            yield f"{name}/parameters_at_end", experiment.parameters()
        yield f"{name}/costs", np.array(costs)


# --- Functions: exact values ------------------------------------------------------------------------------------------


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


# --- Files ------------------------------------------------------------------------------------------------------------


def packed(arrays):
    """The two files of a fixture, as bytes."""
    lines, numbers, offset = [], [], 0
    for name, array in arrays:
        array = np.atleast_2d(np.asarray(array, dtype="<f8"))
        lines.append(f"{name} {array.shape[0]} {array.shape[1]} {offset}\n")
        numbers.append(array.tobytes())
        offset += array.size
    return {".txt": "".join(lines).encode(), ".bin": b"".join(numbers)}


def same(path, content, exact):
    """Whether a file holds the content: the same bytes, or, for numbers of other versions of NumPy, nearly so."""
    if not path.exists():
        return False
    found = path.read_bytes()
    if found == content or exact or path.suffix != ".bin":
        return found == content
    # The notebooks' trainings include chaotic ones, which differ in their first digits from one version to the next.
    return len(found) == len(content) and (path.stem == "notebooks" or np.allclose(
        np.frombuffer(found), np.frombuffer(content), rtol=1e-9, atol=1e-12, equal_nan=True))


def main(check):
    others = [f"{module} {found} (not {expected})" for module, (found, expected) in VERSIONS.items() if found != expected]
    if others:
        print("not the versions of the fixtures: " + ", ".join(others), file=sys.stderr)
    groups = {"random": random_stream, "datasets": data_sets, "notebooks": notebooks, "optimizers": training_methods,
              "functions": functions, "experiments": experiments}
    files = {ROOT / "src" / "js" / "data" / "digits.js": digits_module(),
             FIXTURES / "experiments.json": (json.dumps(EXPERIMENTS, indent=1) + "\n").encode()}
    for group, arrays in groups.items():
        files.update({FIXTURES / (group + ending): content for ending, content in packed(arrays()).items()})
    changed = [path for path, content in files.items() if not same(path, content, exact=not (check and others))]
    if not check:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path])
    names = ", ".join(path.name for path in changed)
    print(("would change: " if check else "written: ") + names if changed else "all fixtures are current")
    return 1 if check and changed else 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(check=sys.argv[1:] == ["--check"]))

"""Data sets by NumPy and scikit-learn: x is 2 by m, y is 1 by m."""

import base64

import numpy as np
from sklearn.datasets import (
    load_digits, make_blobs, make_circles, make_gaussian_quantiles, make_moons)


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

"""The weights and biases that initializers draw, line by line in NumPy."""

import numpy as np


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
    "zero_branch": lambda n_in, n_out: np.sqrt(2 / n_in),  # the branches are set to 0 afterwards
    "fixup": lambda n_in, n_out: np.sqrt(2 / n_in),  # and the output
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
    if name == "siren":
        limit = 1 / n_in if layer == 1 else np.sqrt(6 / n_in) / init["frequency"]
        return random.uniform(-limit, limit, shape)
    if name == "lsuv":  # Saxe et al. 2013: Q of the QR decomposition, with the signs of R's diagonal
        drawn = random.randn(*shape)
        q, r = np.linalg.qr(drawn.T if n_out < n_in else drawn)
        q = q * np.where(np.diag(r) < 0, -1, 1)
        return q.T if n_out < n_in else q
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

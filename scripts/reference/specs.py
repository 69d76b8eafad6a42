"""The experiments that the lab and NumPy run: plain objects, as the lab takes them.

Each is in the fixture as it stands here: the tests hand the same object to the lab. Nothing is left to a default that
would matter, except where the default itself is the subject.
"""

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
    "siren": {**STACK, "layers": [8, 5], "activations": {"name": "sine", "frequency": 3},
              "init": {"name": "siren", "frequency": 3, "seed": 3}},
    "zero_branch": {**STACK, "skip": {"scale": 1}, "init": {"name": "zero_branch", "seed": 3}},
    "fixup": {**STACK, "skip": {"scale": "1/sqrt(L)"}, "init": {"name": "fixup", "seed": 3}},
    "lsuv/skip": {**STACK, "skip": {"scale": "1/sqrt(L)"}, "activations": "tanh",
                  "init": {"name": "lsuv", "variance": 1, "tolerance": 0.1, "maxTries": 10, "seed": 3},
                  "optimizer": {"name": "gd", "learningRate": 0.002}},
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

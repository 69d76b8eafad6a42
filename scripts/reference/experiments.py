"""Trains the experiments of specs.py line by line in NumPy."""

import numpy as np

from reference.datasets import blobs, digits, gauss_label, plane_label, playground
from reference.initial_weights import drawn_biases, drawn_weights
from reference.specs import EXPERIMENTS


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
            is_branch = self.skip is not None and 0 < l < self.last
            if (is_branch and init["name"] in ("zero_branch", "fixup")) or (l == self.last and init["name"] == "fixup"):
                layer["W"] = np.zeros((n_out, n_in))
            if l < self.last and self.normalization["name"] != "none":
                layer["gain"], layer["shift"] = np.ones((n_out, 1)), np.zeros((n_out, 1))
            if self.skip and 0 < l < self.last:
                scales = {"1/sqrt(L)": 1 / np.sqrt(branches), "1/L": 1 / branches}
                layer["s"] = np.array(float(scales.get(self.skip["scale"], self.skip["scale"])))
            if l == self.last and "parametrization" in self.spec:
                layer["W"] = layer["W"] * np.sqrt(self.spec["parametrization"]["baseWidth"] / n_in)
            layers.append(layer)
            if init["name"] == "lsuv":
                self.rescale(layers, init)
        return layers

    def rescale(self, layers, init):
        """LSUV of the last of the layers so far (Mishkin & Matas 2015, algorithm 1), without the skip connection."""
        self.layers = layers
        for _ in range(init["maxTries"]):
            variance = self.forward(self.x)[1][-1]["branch"].var() / init["variance"]
            if abs(variance - 1) < init["tolerance"]:
                return
            layers[-1]["W"] = layers[-1]["W"] / np.sqrt(variance)

    def parameters(self):
        """In the order of the lab: W, b, gain, shift, a learned s, layer by layer."""
        learned = self.skip is not None and self.skip.get("learned", False)
        return np.concatenate([np.ravel(layer[key]) for layer in self.layers for key in ("W", "b", "gain", "shift", "s")
                               if key in layer and (key != "s" or learned)])

    def phi(self, n):
        name = self.activation["name"]
        if name == "tanh":
            return np.tanh(n), 1 - np.tanh(n) ** 2
        if name == "sine":
            frequency = self.activation["frequency"]
            return np.sin(frequency * n), frequency * np.cos(frequency * n)
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

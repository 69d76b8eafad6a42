"""Checks the calls of Keras scripts against the signatures of Keras 3 (keras.io/api), as Debian has no Keras to run them.

Reads the paths of the scripts from the command line; ends with an error that names the first wrong call.
"""
import ast
import sys

SIGNATURES = {
    "keras.Input": ["shape", "batch_size", "dtype", "sparse", "batch_shape", "name", "tensor", "optional"],
    "keras.Model": ["inputs", "outputs", "name", "trainable"],
    "keras.config.set_floatx": ["value"],
    "keras.initializers.Constant": ["value"],
    "keras.ops.convert_to_numpy": ["x"],
    "keras.ops.sin": ["x"],
    "keras.losses.BinaryCrossentropy": ["from_logits", "label_smoothing", "axis", "reduction", "name", "dtype"],
    "keras.losses.SparseCategoricalCrossentropy": ["from_logits", "ignore_class", "reduction", "axis", "name", "dtype"],
    "keras.ops.mean": ["x", "axis", "keepdims"],
    "keras.optimizers.Adam": ["learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"],
    "keras.optimizers.RMSprop": ["learning_rate", "rho", "momentum", "epsilon", "centered"],
    "keras.optimizers.SGD": ["learning_rate", "momentum", "nesterov", "weight_decay"],
    "keras.regularizers.L2": ["l2"],
    "layers.Activation": ["activation"],
    "layers.Add": [],
    "layers.BatchNormalization": ["axis", "momentum", "epsilon", "center", "scale"],
    "layers.Dense": ["units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "kernel_regularizer"],
    "layers.LayerNormalization": ["axis", "epsilon", "center", "scale"],
    "layers.LeakyReLU": ["negative_slope"],
    "layers.Rescaling": ["scale", "offset"],
    "layer.set_weights": ["weights"],
    "model": ["inputs", "training", "mask"],
    "model.loss": ["y_true", "y_pred"],
    "super().update_step": ["gradient", "variable", "learning_rate"],
    "model.compile": ["optimizer", "loss", "loss_weights", "metrics"],
    "model.evaluate": ["x", "y", "batch_size", "verbose"],
    "model.fit": ["x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data", "shuffle"],
    "model.predict": ["x", "batch_size", "verbose", "steps"],
    "model.train_on_batch": ["x", "y", "sample_weight", "class_weight"],
    "self.add_weight": ["shape", "initializer", "dtype", "trainable"],
}
ACTIVATIONS = {"relu", "elu", "selu", "gelu", "silu", "tanh", "sigmoid"}

for path in sys.argv[1:]:
    for node in ast.walk(ast.parse(open(path).read())):
        # A layer that is applied, as in layers.Add()(z), is a call of a call.
        if not isinstance(node, ast.Call) or isinstance(node.func, ast.Call):
            continue
        name = ast.unparse(node.func)
        if name.split(".")[0] not in ("keras", "layers", "model") and name not in SIGNATURES:
            continue
        if name not in SIGNATURES:
            sys.exit(f"{path}: {name} is not in the table of Keras' signatures")
        known = SIGNATURES[name]
        if len(node.args) > len(known) or any(word.arg not in known for word in node.keywords):
            sys.exit(f"{path}: {ast.unparse(node)} does not fit {name}({', '.join(known)})")
        activations = [word.value.value for word in node.keywords if word.arg == "activation"]
        if name == "layers.Activation":
            activations += [argument.value for argument in node.args]
        for activation in activations:
            if activation not in ACTIVATIONS:
                sys.exit(f"{path}: Keras has no activation {activation}")

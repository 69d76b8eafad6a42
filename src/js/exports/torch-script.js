/** A PyTorch script that reproduces one run, from the same data and the same initial weights. */
import {
  batchText,
  batchesOf,
  dataSection,
  floatText,
  followsRule,
  heading,
  indent,
  isBatched,
  layersOf,
  ownLine,
  startSection,
} from './script-parts.js';

/** @typedef {import('./script-parts.js').ScriptRun} ScriptRun */
/** @typedef {import('./script-parts.js').ScriptLayer} ScriptLayer */

/** @type {Record<string, (z: string, parameter: number) => string>} */
const ACTIVATIONS = {
  relu: (z) => `F.relu(${z})`,
  leaky_relu: (z, slope) => `F.leaky_relu(${z}, ${slope})`,
  elu: (z) => `F.elu(${z})`,
  selu: (z) => `F.selu(${z})`,
  gelu: (z) => `F.gelu(${z})`,
  silu: (z) => `F.silu(${z})`,
  tanh: (z) => `torch.tanh(${z})`,
  sigmoid: (z) => `torch.sigmoid(${z})`,
  linear: (z) => z,
  sine: (z, frequency) => `torch.sin(${frequency} * ${z})`,
};

/** @type {Record<string, { cost: string, accuracy: string }>} */
const OUTPUTS = {
  sigmoid: { cost: 'F.binary_cross_entropy_with_logits(z, y)', accuracy: '((z > 0) == y).double().mean()' },
  softmax: {
    cost: 'F.cross_entropy(z, y[:, 0].long())',
    accuracy: '(z.argmax(dim=1) == y[:, 0]).double().mean()',
  },
  tanh: { cost: 'F.mse_loss(torch.tanh(z), 2 * y - 1) / 2', accuracy: '((z > 0) == y).double().mean()' },
  linear: {
    cost: 'F.mse_loss(z, y) / 2',
    accuracy: '1 - ((z - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()',
  },
};

/** @param {ScriptRun} run */
const hasBatchNorm = (run) => layersOf(run).some(({ normalization }) => normalization?.name === 'batch');

/** Without it the test accuracies would differ, the more the smaller the batches. */
const BATCH_NORM = `

class BatchNorm(nn.BatchNorm1d):
    """Averages variances that divide by m, as the lab does; PyTorch's own divide by m - 1."""

    def forward(self, z):
        if not self.training:
            return super().forward(z)
        if torch.is_grad_enabled():  # not while the figures at the end are measured
            values = z.detach()
            self.running_mean.lerp_(values.mean(dim=0), self.momentum)
            self.running_var.lerp_(values.var(dim=0, unbiased=False), self.momentum)
        return F.batch_norm(z, None, None, self.weight, self.bias, training=True, eps=self.eps)
`;

/** Whether a batch of an epoch has one example. @param {ScriptRun} run */
function hasBatchOfOne(run) {
  const m = run.data.train.y.length;
  const size = isBatched(run) ? run.spec.optimizer.batchSize : m;
  return size === 1 || m % size === 1;
}

/**
 * @param {ScriptRun} run
 * @returns {string} Python 3 with PyTorch 1.13 or newer
 */
export function torchScript(run) {
  const { spec } = run;
  const notes = [
    ...(spec.output === 'sigmoid'
      ? ['PyTorch computes the loss from the logits: it stays finite where the lab’s cost is infinite.']
      : []),
    ...(hasBatchNorm(run) && hasBatchOfOne(run)
      ? ['PyTorch refuses to normalize a batch of one example, as this run has one.']
      : []),
  ];
  const imports = `import math
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.${spec.precision})`;
  return [
    heading(run, 'PyTorch', imports, notes),
    dataSection(run),
    startSection(run),
    networkSection(run),
    trainingSection(run),
  ].join('\n');
}

/** Places of the learned scales in model.scales, by layer. @param {ScriptLayer[]} layers */
const scalePlaces = (layers) =>
  new Map([...layers.keys()].filter((l) => layers[l].skip?.learned).map((l, i) => [l, i]));

/**
 * @param {ScriptLayer[]} layers
 * @returns {string} Python lines that compute the logits of x
 */
function forwardText(layers) {
  const hidden = layers.slice(0, -1);
  const isPlain = layers.every(({ skip, normalization }) => !skip && !normalization);
  const same = hidden.every(
    ({ activation, parameter }) => activation === hidden[0].activation && parameter === hidden[0].parameter,
  );
  const apply = (/** @type {ScriptLayer} */ { activation, parameter }, /** @type {string} */ z) =>
    ACTIVATIONS[activation](z, parameter);
  if (isPlain && same && hidden.length > 0)
    return `for layer in self.layers[:-1]:\n    x = ${apply(hidden[0], 'layer(x)')}\nreturn self.layers[-1](x)`;
  const scales = scalePlaces(layers);
  const lines = layers.map((layer, l) => {
    const below = layers[l - 1];
    const norm = below?.normalization ? `self.norms[${l - 1}](z)` : 'z';
    const input = below ? apply(below, norm) : 'x';
    const branch = `self.layers[${l}](${input})`;
    if (l === layers.length - 1) return `return ${branch}`;
    if (!layer.skip) return `z = ${branch}`;
    const scale = layer.skip.learned ? `self.scales[${scales.get(l)}]` : layer.skip.scale;
    return `z = z + ${scale === 1 ? '' : `${scale} * `}${branch}`;
  });
  return lines.join('\n');
}

/**
 * Python lines that copy what a layer has beside its weights and biases.
 *
 * @param {ScriptLayer[]} layers
 */
function extrasText(layers) {
  const norms = [...layers.keys()].filter((l) => layers[l].normalization);
  return [
    ...norms.flatMap((l) => [
      `    model.norms[${l}].weight.copy_(torch.from_numpy(P[${l}]["gain"][:, 0]))\n`,
      `    model.norms[${l}].bias.copy_(torch.from_numpy(P[${l}]["shift"][:, 0]))\n`,
    ]),
    ...[...scalePlaces(layers)].map(
      ([l, place]) => `    model.scales[${place}].fill_(P[${l}]["scale"].item())\n`,
    ),
  ].join('');
}

/** @param {ScriptRun} run */
function networkSection(run) {
  const layers = layersOf(run);
  const { output, optimizer } = run.spec;
  const { cost, accuracy } = OUTPUTS[output];
  const norms = layers
    .slice(0, -1)
    .map(({ out, normalization }) =>
      normalization === null
        ? 'nn.Identity()'
        : normalization.name === 'batch'
          ? `BatchNorm(${out}, eps=${normalization.epsilon}, momentum=1 - ${normalization.momentum})`
          : `nn.LayerNorm(${out}, eps=${normalization.epsilon})`,
    );
  const scales = layers.flatMap(({ skip }) =>
    skip?.learned ? [`nn.Parameter(torch.tensor(${floatText(skip.scale)}))`] : [],
  );
  const members = [
    'self.layers = nn.ModuleList(nn.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:]))',
    ...(layers.some(({ normalization }) => normalization)
      ? [`self.norms = nn.ModuleList([${norms.join(', ')}])`]
      : []),
    ...(scales.length > 0 ? [`self.scales = nn.ParameterList([${scales.join(', ')}])`] : []),
  ];
  const l2 = optimizer.l2 ?? 0;
  const line = ownLine('torch', run);
  return `${hasBatchNorm(run) ? BATCH_NORM : ''}

class Network(nn.Module):
    def __init__(self):
        super().__init__()
${indent(members.join('\n'), 2)}

    def forward(self, x):
${indent(forwardText(layers), 2)}


model = Network()
with torch.no_grad():
    for layer, p in zip(model.layers, P):
${line ? `        # The same distribution from PyTorch's own generator, for w = layer.weight:\n        # ${line}\n` : ''}        layer.weight.copy_(torch.from_numpy(p["W"]))
        layer.bias.copy_(torch.from_numpy(p["b"][:, 0]))
${followsRule(run.spec) ? '' : extrasText(layers)}

def examples(X, Y):
    """Rows instead of columns, in the default precision."""
    return torch.tensor(X.T).to(torch.get_default_dtype()), torch.tensor(Y.T).to(torch.get_default_dtype())


def cost(x, y${batchesOf(run) > 1 && l2 > 0 ? ', batches=1' : ''}):
    z = model(x)
    return ${cost}${l2 > 0 ? ` + ${batchesOf(run) > 1 ? 'batches * ' : ''}${l2} / (2 * len(x)) * sum((layer.weight ** 2).sum() for layer in model.layers)` : ''}


def accuracy(x, y):
    z = model(x)
    return (${accuracy}).item() if len(x) else float("nan")
`;
}

/** @type {Record<string, (p: Record<string, any>, rate: string) => string>} */
const OPTIMIZERS = {
  gd: (_, rate) => `torch.optim.SGD(groups, lr=${rate})`,
  // The lab averages gradients with weights that add up to 1; PyTorch adds them up.
  momentum: (p, rate) => `torch.optim.SGD(groups, lr=${rate} * (1 - ${p.beta1}), momentum=${p.beta1})`,
  rmsprop: (p, rate) => `torch.optim.RMSprop(groups, lr=${rate}, alpha=${p.beta2}, eps=${p.epsilon})`,
  adam: (p, rate) => `torch.optim.Adam(groups, lr=${rate}, betas=(${p.beta1}, ${p.beta2}), eps=${p.epsilon})`,
};

/** The factor of the learning rate at a step, as Python. @param {Record<string, any>} optimizer */
const decayText = ({ decayRate, decayInterval }) =>
  `1 / (1 + ${decayRate} * (step // per_epoch // ${decayInterval}))`;

/**
 * As in the lab, the running averages of batch normalization are for the test part only.
 */
const BATCH_EVALUATION = `model.eval()
with torch.no_grad():
    test_accuracy = accuracy(*examples(X_test, Y_test))
model.train()  # the training part has its own means and variances
`;

/** @param {ScriptRun} run */
function trainingSection(run) {
  const { spec, iterations } = run;
  const { optimizer } = spec;
  const layers = layersOf(run);
  const batched = isBatched(run);
  const hasFactors = layers.some(({ weightFactor, biasFactor }) => weightFactor !== 1 || biasFactor !== 1);
  const frozen = [...layers.keys()].filter((l) => layers[l].frozen);
  const factor = optimizer.name === 'momentum' ? ` * (1 - ${optimizer.beta1})` : '';
  const isBatch = hasBatchNorm(run);
  const scales = scalePlaces(layers);
  /** The parameters of a layer with the factor of their learning rate. */
  const partsOf = (/** @type {ScriptLayer} */ layer, /** @type {number} */ l) => [
    { parameters: `[model.layers[${l}].weight]`, rate: layer.weightFactor },
    { parameters: `[model.layers[${l}].bias]`, rate: layer.biasFactor },
    ...(layer.normalization
      ? [{ parameters: `model.norms[${l}].parameters()`, rate: layer.biasFactor }]
      : []),
    ...(scales.has(l) ? [{ parameters: `[model.scales[${scales.get(l)}]]`, rate: 1 }] : []),
  ];
  const lr = `${optimizer.learningRate}${factor}`;
  const groupLines = layers
    .flatMap(partsOf)
    .map(({ parameters, rate }) => `    {"params": ${parameters}, "lr": ${lr} * ${rate}},\n`);
  const groups = hasFactors ? `[\n${groupLines.join('')}]` : 'model.parameters()';
  const decays = optimizer.decayRate > 0;
  const perEpoch = batched ? `math.ceil(len(x) / ${optimizer.batchSize})` : '1';
  const setup = [
    'x, y = examples(X, Y)',
    ...frozen.flatMap((l) => [
      `model.layers[${l}].requires_grad_(False)`,
      ...(layers[l].normalization ? [`model.norms[${l}].requires_grad_(False)`] : []),
      ...(scales.has(l) ? [`model.scales[${scales.get(l)}].requires_grad_(False)`] : []),
    ]),
    `optimizer = ${OPTIMIZERS[optimizer.name](optimizer, optimizer.learningRate).replace('groups', groups)}`,
    ...(batched || decays ? [`per_epoch = ${perEpoch}`] : []),
    ...(decays
      ? [
          `decay = lambda step: ${decayText(optimizer)}`,
          'scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, decay)',
        ]
      : []),
  ];
  const batch = batched
    ? `${indent(batchText(run).replaceAll('permutation(m)', 'permutation(len(x))'))}\n`
    : '';
  const examples = batched ? 'x[batch], y[batch]' : 'x, y';
  const update =
    frozen.length === layers.length
      ? `    cost(${examples})  # every layer is frozen`
      : `    optimizer.zero_grad()\n    cost(${examples}).backward()\n    optimizer.step()`;
  return `

${setup.join('\n')}
for t in range(1, ${iterations} + 1):
${batch}${update}
${decays ? '    scheduler.step()\n' : ''}
${isBatch ? BATCH_EVALUATION : ''}with torch.no_grad():
    print("iterations     %d" % ${iterations})
    print("cost           %r" % cost(x, y${batchesOf(run) > 1 && optimizer.l2 > 0 ? ', per_epoch' : ''}).item())
    print("train accuracy %r" % accuracy(x, y))
    print("test accuracy  %r" % ${isBatch ? 'test_accuracy' : 'accuracy(*examples(X_test, Y_test))'})
if len(sys.argv) > 1:  # the name of a file for the trained network, such as network.onnx
    torch.onnx.export(model, x[:1], sys.argv[1])
`;
}

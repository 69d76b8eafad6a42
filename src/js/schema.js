/** The JSON Schema of an experiment, made from the core's own catalogue: editors complete from it and mark mistakes. */

/** @typedef {import('./types.js').Catalogue} Catalogue */
/** @typedef {import('./types.js').ParameterInfo} ParameterInfo */
/** @typedef {Record<string, any>} Schema */

/** @param {ParameterInfo} info @returns {Schema} */
const parameterSchema = ({ label, help, value, min, max, integer }) => ({
  title: label,
  description: help,
  type: integer ? 'integer' : 'number',
  minimum: min,
  maximum: max,
  default: value,
});

/** @typedef {{ name: string, label: string, help?: string, formula?: string, citation: string, parameters: ParameterInfo[] }} Entry */

/**
 * An entry of the catalogue: its name, and its parameters, all of them optional.
 *
 * @param {Entry} entry
 * @param {Schema} [more] further fields
 * @returns {Schema}
 */
const entrySchema = ({ name, label, help, formula, citation, parameters }, more = {}) => ({
  title: label,
  description: [formula, help, citation].filter(Boolean).join('\n'),
  type: 'object',
  properties: {
    name: { const: name, description: help ?? label },
    ...Object.fromEntries(parameters.map((info) => [info.name, parameterSchema(info)])),
    ...more,
  },
  required: ['name'],
  additionalProperties: false,
});

const examples = {
  description: 'Labelled examples: one row of features each, or all features one after the other.',
  type: 'object',
  properties: {
    x: {
      description:
        'One row of numbers for each example; or, with "features", every value, feature by feature.',
      anyOf: [
        { type: 'array', items: { type: 'array', items: { type: 'number' } } },
        { type: 'array', items: { type: 'number' } },
      ],
    },
    y: { description: 'The class of each example.', type: 'array', items: { enum: [0, 1] } },
    features: {
      description: 'Features of an example; only where x is one flat list.',
      type: 'integer',
      minimum: 1,
    },
  },
  required: ['x', 'y'],
  additionalProperties: false,
};

const points = {
  title: 'Points of your own',
  type: 'object',
  properties: { name: { const: 'points' }, train: examples, test: examples },
  required: ['name', 'train'],
  additionalProperties: false,
};

/** Where the schema is published with the page. */
export const schemaId = 'experiment.schema.json';

/**
 * @param {Catalogue} catalogue
 * @returns {Schema} draft 2020-12
 */
export function experimentSchema(catalogue) {
  const { datasets, initializers, activations, optimizers, outputs, precisions } = catalogue;
  const activation = {
    description: activations.map(({ name, formula }) => `${name}: ${formula}`).join('\n'),
    enum: activations.map(({ name }) => name),
  };
  const layers = {
    description:
      'Initializers of single layers, the first hidden one first; null leaves a layer the common one.',
    type: 'array',
    items: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/initializer' }] },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId,
    title: 'Init Lab experiment',
    description:
      'A data set, a network, an initializer and a training. Every field is optional; every random draw is named by a seed.',
    type: 'object',
    properties: {
      $schema: { description: 'The address of this schema, for editors.', type: 'string' },
      dataset: {
        description: 'What is to be learnt.',
        anyOf: [...datasets.map((entry) => entrySchema(entry)), points],
      },
      layers: {
        description: 'Widths of the hidden layers; the inputs and the one output are implied.',
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 4096 },
        maxItems: 256,
        default: [4],
      },
      activations: {
        description: 'One activation for all hidden layers, or one for each.',
        anyOf: [activation, { type: 'array', items: activation }],
        default: ['tanh'],
      },
      output: {
        description: 'sigmoid: with cross-entropy. tanh: with mean squared error on labels of -1 and 1.',
        enum: outputs,
        default: 'sigmoid',
      },
      init: {
        description: 'How the weights start.',
        anyOf: initializers.map((entry) => entrySchema(entry, { layers })),
      },
      optimizer: {
        description: 'How the network learns.',
        anyOf: optimizers.map((entry) => entrySchema(entry)),
      },
      iterations: {
        description: 'Updates of the parameters.',
        type: 'integer',
        minimum: 0,
        maximum: 100_000_000,
        default: 10000,
      },
      record: {
        description: 'Cost and accuracies are kept every so many iterations.',
        type: 'integer',
        minimum: 1,
        maximum: 100_000_000,
        default: 100,
      },
      precision: {
        description: 'float64 reproduces the course; float32 is faster.',
        enum: precisions,
        default: 'float64',
      },
    },
    additionalProperties: false,
    $defs: { initializer: { anyOf: initializers.map((entry) => entrySchema(entry)) } },
  };
}

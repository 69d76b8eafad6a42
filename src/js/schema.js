/**
 * The JSON Schema of an experiment, made from the core's own catalogue: editors complete from it
 * and mark mistakes.
 */

/** @typedef {import('./types.js').Catalogue} Catalogue */
/** @typedef {import('./types.js').ParameterInfo} ParameterInfo */
/** @typedef {import('./types.js').FieldInfo} FieldInfo */
/** @typedef {Record<string, any>} Schema */

/**
 * @param {ParameterInfo} info
 * @returns {Schema}
 */
function parameterSchema({ kind, label, help, value, min, max, names }) {
  const words = { title: label, description: help, default: value };
  if (kind === 'name') return { ...words, enum: names };
  if (kind === 'text') return { ...words, type: 'string' };
  if (kind === 'numbers') return { ...words, type: 'array', items: { type: 'number' } };
  return { ...words, type: kind, minimum: min, maximum: max };
}

/**
 * @typedef {{ name: string, label: string, help?: string, formula?: string, citation?: string,
 *   parameters: ParameterInfo[] }} Entry
 */

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

/**
 * @param {number} least how many there must be
 * @returns {Schema}
 */
const examples = (least) => ({
  description: 'Labelled examples: one row of features each, or all features one after the other.',
  type: 'object',
  properties: {
    x: {
      description:
        'One row of numbers for each example; or, with "features", every value, feature by feature.',
      type: 'array',
    },
    y: {
      description:
        'The class of each example: 0 or 1, for softmax 0, 1, 2, …; for a linear output its target.',
      type: 'array',
      items: { type: 'number' },
      minItems: least,
    },
    features: {
      description: 'Features of an example; only where x is one flat list.',
      type: 'integer',
      minimum: 1,
    },
  },
  required: ['x', 'y'],
  additionalProperties: false,
  anyOf: [
    { properties: { x: { items: { type: 'array', items: { type: 'number' }, minItems: 1 } } } },
    { properties: { x: { items: { type: 'number' } } }, required: ['features'] },
  ],
});

const standardize = {
  description: 'Gives every feature mean 0 and variance 1 on the training part.',
  type: 'boolean',
  default: false,
};

const points = {
  title: 'Points of your own',
  type: 'object',
  properties: { name: { const: 'points' }, train: examples(1), test: examples(0), standardize },
  required: ['name', 'train'],
  additionalProperties: false,
};

/** Where the schema is published with the page. */
const schemaId = 'experiment.schema.json';

/**
 * @param {Catalogue} catalogue
 * @returns {Schema} draft 2020-12
 */
export function experimentSchema(catalogue) {
  const { datasets, initializers, activations, optimizers, limits } = catalogue;
  const { normalizations, parametrizations, biasStarts } = catalogue;
  const activation = {
    anyOf: [
      {
        description: activations.map(({ name, formula }) => `${name}: ${formula}`).join('\n'),
        enum: activations.map(({ name }) => name),
      },
      ...activations.filter(({ parameters }) => parameters.length > 0).map((entry) => entrySchema(entry)),
    ],
  };
  const layers = {
    description:
      'Initializers of single layers, the first hidden one first; null leaves a layer the common one.',
    type: 'array',
    items: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/initializer' }] },
  };
  const biasStart = {
    description: 'How biases start.',
    anyOf: biasStarts.map((entry) => entrySchema(entry)),
  };
  /**
   * @param {Entry[]} entries
   * @returns {Schema}
   */
  const nameOrEntry = (entries) => ({
    anyOf: [{ enum: entries.map(({ name }) => name) }, ...entries.map((entry) => entrySchema(entry))],
  });
  /**
   * What the shape of a field means in a schema.
   *
   * @type {Record<string, (field: FieldInfo) => Schema>}
   */
  const shapes = {
    dataset: () => ({ $ref: '#/$defs/dataset' }),
    init: () => ({ $ref: '#/$defs/init' }),
    optimizer: () => ({ $ref: '#/$defs/optimizer' }),
    widths: ({ value, min, max }) => ({
      type: 'array',
      items: { type: 'integer', minimum: min, maximum: max },
      maxItems: limits.layers,
      default: value,
    }),
    activations: ({ value }) => ({
      anyOf: [activation, { type: 'array', items: activation }],
      default: value,
    }),
    skip: ({ min, max }) => ({
      type: 'object',
      properties: {
        scale: {
          description: 'Factor of each branch; L is the number of branches.',
          anyOf: [{ type: 'number', minimum: min, maximum: max }, { enum: catalogue.skipScales }],
          default: 1,
        },
        learned: { description: 'Whether the factor is learned.', type: 'boolean', default: false },
      },
      additionalProperties: false,
    }),
    normalization: () => nameOrEntry(normalizations),
    parametrization: () => nameOrEntry(parametrizations),
    'layer-indices': ({ min, max }) => ({
      type: 'array',
      items: { type: 'integer', minimum: min, maximum: max },
    }),
    output: ({ value }) => ({ enum: catalogue.outputs, default: value }),
    precision: ({ value }) => ({ enum: catalogue.precisions, default: value }),
    integer: ({ value, min, max }) => ({ type: 'integer', minimum: min, maximum: max, default: value }),
  };
  const fields = Object.fromEntries(
    catalogue.fields.map((field) => [field.name, { description: field.help, ...shapes[field.shape](field) }]),
  );
  // The draws of all layers have one seed.
  const ofLayer = initializers.map((entry) =>
    entrySchema({ ...entry, parameters: entry.parameters.filter(({ name }) => name !== 'seed') }),
  );
  const address = { description: 'The address of this schema, for editors.', type: 'string' };
  const seed = {
    description: 'Names the draw of the weights, where an initializer has no seed of its own.',
    type: 'integer',
    minimum: 0,
    maximum: limits.seed,
  };
  const byLanguage = { type: 'object', additionalProperties: { type: 'string' } };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId,
    title: 'Init Lab experiment',
    description: 'An experiment, a list of them, or a preset: runs that share most of their settings.',
    if: { type: 'array' },
    then: { type: 'array', items: { $ref: '#' } },
    else: {
      if: { required: ['runs'] },
      then: { $ref: '#/$defs/preset' },
      else: { $ref: '#/$defs/experiment' },
    },
    $defs: {
      experiment: {
        title: 'Experiment',
        description:
          'A data set, a network, an initializer and a training. Every field is optional; every random draw is named by a seed.',
        type: 'object',
        properties: { $schema: address, ...fields },
        additionalProperties: false,
      },
      preset: {
        title: 'Preset',
        description: 'Runs side by side. What a run says itself goes over what is shared.',
        type: 'object',
        properties: {
          $schema: address,
          id: { description: 'Its name: that of the file.', type: 'string' },
          order: { description: 'Its place in the list.', type: 'number' },
          title: { description: 'Its title, by language (en, de).', ...byLanguage },
          sentence: { description: 'What is seen, in one sentence, by language.', ...byLanguage },
          speed: {
            description: 'Iterations per second at which it is best watched.',
            type: 'number',
            minimum: 1,
          },
          shared: { type: 'object', properties: { ...fields, seed }, additionalProperties: false },
          runs: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: {
                name: { description: 'What to call it, if not by its initializer.', type: 'string' },
                ...fields,
                seed,
              },
              additionalProperties: false,
            },
          },
        },
        required: ['runs'],
        additionalProperties: false,
        // Each run has an initializer, its own or the shared one.
        anyOf: [
          { properties: { runs: { items: { required: ['init'] } } } },
          { properties: { shared: { required: ['init'] } }, required: ['shared'] },
        ],
      },
      dataset: { anyOf: [...datasets.map((entry) => entrySchema(entry, { standardize })), points] },
      init: {
        anyOf: initializers.map((entry) =>
          entrySchema(entry, { layers, bias: biasStart, outputBias: biasStart }),
        ),
      },
      optimizer: { anyOf: optimizers.map((entry) => entrySchema(entry)) },
      initializer: { anyOf: ofLayer },
    },
  };
}

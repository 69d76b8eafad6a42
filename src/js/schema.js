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

/** A reference to a part of the schema. @param {string} name */
const part = (name) => ({ $ref: `#/$defs/${name}` });

/**
 * A row of a table by its name alone, or with its parameters.
 *
 * @param {Entry[]} entries
 * @returns {Schema}
 */
const nameOrEntry = (entries) => ({
  anyOf: [{ enum: entries.map(({ name }) => name) }, ...entries.map((entry) => entrySchema(entry))],
});

/**
 * An activation; those without parameters by name only.
 *
 * @param {Catalogue} catalogue
 * @returns {Schema}
 */
const activationSchema = ({ activations }) => ({
  anyOf: [
    {
      description: activations.map(({ name, formula }) => `${name}: ${formula}`).join('\n'),
      enum: activations.map(({ name }) => name),
    },
    ...activations.filter(({ parameters }) => parameters.length > 0).map((entry) => entrySchema(entry)),
  ],
});

/**
 * What the shape of a field means in a schema.
 *
 * @type {Record<string, (field: FieldInfo, catalogue: Catalogue) => Schema>}
 */
const SHAPES = {
  dataset: () => part('dataset'),
  init: () => part('init'),
  optimizer: () => part('optimizer'),
  widths: ({ value, min, max }, { limits }) => ({
    type: 'array',
    items: { type: 'integer', minimum: min, maximum: max },
    maxItems: limits.layers,
    default: value,
  }),
  activations: ({ value }, catalogue) => ({
    anyOf: [activationSchema(catalogue), { type: 'array', items: activationSchema(catalogue) }],
    default: value,
  }),
  skip: ({ min, max }, { skipScales }) => ({
    type: 'object',
    properties: {
      scale: {
        description: 'Factor of each branch; L is the number of branches.',
        anyOf: [{ type: 'number', minimum: min, maximum: max }, { enum: skipScales }],
        default: 1,
      },
      learned: { description: 'Whether the factor is learned.', type: 'boolean', default: false },
    },
    additionalProperties: false,
  }),
  normalization: (_, { normalizations }) => nameOrEntry(normalizations),
  parametrization: (_, { parametrizations }) => nameOrEntry(parametrizations),
  'layer-indices': ({ min, max }) => ({
    type: 'array',
    items: { type: 'integer', minimum: min, maximum: max },
  }),
  output: ({ value }, { outputs }) => ({ enum: outputs, default: value }),
  precision: ({ value }, { precisions }) => ({ enum: precisions, default: value }),
  integer: ({ value, min, max }) => ({ type: 'integer', minimum: min, maximum: max, default: value }),
};

/** @type {Schema} */
const address = { description: 'The address of this schema, for editors.', type: 'string' };
const byLanguage = { type: 'object', additionalProperties: { type: 'string' } };

/**
 * @param {Record<string, Schema>} fields of an experiment
 * @param {Schema} seed
 * @returns {Schema}
 */
const presetSchema = (fields, seed) => ({
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
});

/**
 * How weights start: of the whole network, and of one layer of it.
 *
 * @param {Catalogue} catalogue
 * @returns {{ init: Schema, initializer: Schema }}
 */
function startSchemas({ initializers, biasStarts }) {
  const layers = {
    description:
      'Initializers of single layers, the first hidden one first; null leaves a layer the common one.',
    type: 'array',
    items: { anyOf: [{ type: 'null' }, part('initializer')] },
  };
  const bias = { description: 'How biases start.', anyOf: biasStarts.map((entry) => entrySchema(entry)) };
  // The draws of all layers have one seed.
  const ofLayer = initializers.map((entry) =>
    entrySchema({ ...entry, parameters: entry.parameters.filter(({ name }) => name !== 'seed') }),
  );
  return {
    init: { anyOf: initializers.map((entry) => entrySchema(entry, { layers, bias, outputBias: bias })) },
    initializer: { anyOf: ofLayer },
  };
}

/** Where the schema is published with the page. */
const schemaId = 'experiment.schema.json';

/**
 * @param {Catalogue} catalogue
 * @returns {Schema} draft 2020-12
 */
export function experimentSchema(catalogue) {
  const { datasets, optimizers, limits } = catalogue;
  const fields = Object.fromEntries(
    catalogue.fields.map((field) => [
      field.name,
      { description: field.help, ...SHAPES[field.shape](field, catalogue) },
    ]),
  );
  const seed = {
    description: 'Names the draw of the weights, where an initializer has no seed of its own.',
    type: 'integer',
    minimum: 0,
    maximum: limits.seed,
  };
  const { init, initializer } = startSchemas(catalogue);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId,
    title: 'Init Lab experiment',
    description: 'An experiment, a list of them, or a preset: runs that share most of their settings.',
    if: { type: 'array' },
    then: { type: 'array', items: { $ref: '#' } },
    else: { if: { required: ['runs'] }, then: part('preset'), else: part('experiment') },
    $defs: {
      experiment: {
        title: 'Experiment',
        description:
          'A data set, a network, an initializer and a training. Every field is optional; every random draw is named by a seed.',
        type: 'object',
        properties: { $schema: address, ...fields },
        additionalProperties: false,
      },
      preset: presetSchema(fields, seed),
      dataset: { anyOf: [...datasets.map((entry) => entrySchema(entry, { standardize })), points] },
      init,
      optimizer: { anyOf: optimizers.map((entry) => entrySchema(entry)) },
      initializer,
    },
  };
}

// Errors as sentences. An error is data: code, field, value and what is expected. Each language has
// one table of this shape (the German one is web/texts/errors-de.js); tests/js/errors.test.js
// proves that every code, kind, type, unit and rule has its sentence in every language.

import leven from 'leven';

/**
 * @typedef {object} ErrorData
 * @property {string} code stable name of the broken rule
 * @property {string} [field] path, such as "init.std"
 * @property {unknown} [value] as `found` (errors.js) describes it
 * @property {Expected} [expected]
 *
 * @typedef {object} Expected what is accepted
 * @property {string} kind one of the keys of `kinds` before the hyphen, or "rule"
 * @property {number} [low]
 * @property {number} [high]
 * @property {string[]} [names] accepted names, the name of a type or unit, or a rule and what its
 *   sentence names
 *
 * @typedef {object} Sentences
 * @property {Record<string, string>} codes the sentence of a code, with {field}, {value} and
 *   {expected}
 * @property {Record<string, string>} kinds what is expected, by its kind and the bounds that it has
 * @property {Record<string, string>} types what a type is called, with its article
 * @property {Record<string, [string, string]>} units what is counted: one, several
 * @property {string} meant what follows a name that resembles an accepted one
 * @property {Record<string, string>} rules whole sentences for rules between fields, with {1}, {2}
 *   for further names
 */

/** @type {Sentences} */
export const english = {
  meant: ' (did you mean {meant}?)',
  codes: {
    'wrong-type': '{field} must be {expected}, but is {value}',
    'unknown-field': '{field} is not a known field; accepted: {names}',
    'unknown-name': '{field} must be {expected}, but is {value}',
    'unknown-parameter': '{field} is not a parameter here; accepted: {names}',
    'not-finite': '{field} must be {expected}, but is {value}',
    'not-an-integer': '{field} must be {expected}, but is {value}',
    'out-of-range': '{field} must be {expected}, but is {value}',
    'wrong-count': '{field} must have {expected}, but has {value}',
    'bad-formula':
      '{field} is not a valid formula at character {low}: {value}; accepted: numbers, + - * / ^ ( ), {names}',
    'bad-snapshot':
      '{field} must be a snapshot of {low} bytes from a session with the same layers, optimizer and precision, but has {value} bytes',
    'not-plain-data':
      '{field} must be plain data (objects, arrays, typed arrays, numbers, strings), but is {value}',
    'bad-part': 'found {value}, expected {expected}',
    'file-too-large': 'the file has {value} MB; expected at most {high} MB',
    'unknown-setting': 'the lab has no such setting',
    'damaged-part': 'the text is damaged',
    'not-json': 'expected an experiment as JSON, but the text is not JSON: {value}',
    'no-picture': 'this run has no picture',
    'picture-not-encoded': 'the browser could not encode the picture',
    'too-large': '{field}: the run needs about {value} MB of memory, but only {high} MB are left',
    'too-slow':
      '{field}: the first picture of the run would take about {value} s, but only {high} s are left for it; use fewer units or runs, or train on the command line',
    'wrong-labels': '{field} {value} has labels that this output cannot take',
    'data-not-loaded': 'the file of the data set {value} is not loaded',
    'wrong-file': '{field} is not a file of this version: {value} bytes',
    'worker-stopped': 'the worker has stopped ({value})',
    'out-of-memory': 'not enough memory for this experiment; use fewer examples or parameters',
    disposed: 'the session was disposed of; create another one',
  },
  kinds: {
    number: 'a finite number',
    'number-between': 'a number from {low} to {high}',
    'number-at-least': 'a number of at least {low}',
    'number-or-name': 'a number from {low} to {high}, or {names}',
    integer: 'a whole number',
    'integer-between': 'a whole number from {low} to {high}',
    'integer-at-least': 'a whole number of at least {low}',
    'one-of': 'one of {names}',
    'one-of-single': '{names}',
    type: '{type}',
    'count-between': '{low} to {high} {units}',
    'count-exactly': 'exactly {low} {units}',
    'count-at-least': 'at least {low} {units}',
    'count-at-most': 'at most {high} {units}',
    equal: '{low}, as in {names}',
    product: '{count} numbers ({low} labels times {high} features)',
    'per-layer': 'one entry for all hidden layers, or one for each of the {low}',
    formula: 'a formula',
    snapshot: 'a snapshot of {low} bytes',
    memory: 'at most {high} MB',
    seconds: 'at most {high} s',
  },
  types: {
    object: 'an object',
    array: 'an array',
    string: 'a string',
    number: 'a number',
    boolean: 'true or false',
    function: 'a function',
    symbol: 'a symbol',
    bigint: 'a BigInt',
    numbers: 'an array of numbers',
    'string-or-array': 'a string or an array',
    plain: 'plain data',
    Uint8Array: 'a Uint8Array',
    AbortSignal: 'an AbortSignal',
    Map: 'a Map',
    Set: 'a Set',
    Date: 'a Date',
    RegExp: 'a RegExp',
    proxy: 'a revoked proxy',
    nothing: 'nothing',
    name: 'a name in lowercase letters',
    names: 'a name or a list of names',
    choice: 'an object with "name" and numbers',
    'choice-with-parameters': 'an object with "name" and its parameters',
    'name-or-choice': 'a name, or an object with "name" and numbers',
    skip: 'an object with "scale" and "learned"',
    'layer-numbers': 'a list of layers',
    integers: 'a list of whole numbers',
    initializer: 'an initializer',
    settings: 'an object of settings',
    'run-list': 'a list of at least one run',
    'texts-by-language': 'an object with a text for each language',
    experiment: 'an experiment',
    'drift-options': 'an object with "iterations" and "every"',
    experiments: 'an experiment, a list of experiments or a preset',
    run: 'a run',
    'own-setting': 'a setting that a run can have for itself',
    'link-parameter': 'parameter:number',
    'link-skip': 'scale or scale,learned',
    'link-characters': 'characters from A-Z a-z 0-9 - _',
    'link-points': 'points,low,high,class 0,class 1',
    'link-targets': 'targets,low,high,low target,high target,points',
    'four-characters': 'four characters for each point',
    'six-characters': 'six characters for each point',
  },
  units: {
    entries: ['entry', 'entries'],
    layers: ['layer', 'layers'],
    examples: ['example', 'examples'],
    numbers: ['number', 'numbers'],
    parameters: ['parameter', 'parameters'],
    points: ['point', 'points'],
    activations: ['activation', 'activations'],
    runs: ['run', 'runs'],
  },
  rules: {
    'skip-equal-widths':
      '{field} must be {1}, as in layers[0], because skip connections need hidden layers of one width, but is {value}',
    'one-seed': '{field} is not accepted: {1} is the seed of all layers',
    'multiple-of-features':
      '{field} must have a multiple of {1} numbers, one for each feature, but has {value}',
    'classes-needed':
      '{field} must be a data set with classes, because {value} has real targets; output "linear" takes those',
    'load-dataset': '{field} {value} needs its file first: await lab.loadDataset({value})',
    'packed-digits': '{field} must be the packed digits of this version, but has {value} bytes',
    'too-much-work':
      '{field} must have fewer parameters or examples: {value} parameters times {1} examples are more than {2}',
    'orthogonal-too-large':
      '{field} must be smaller, because {1} needs too long for {value} units with {2} inputs; use another initializer or fewer units',
    'point-rows':
      'expected {1} to {2} rows [x1, x2] in "x" and as many labels 0 … {3} in "y" (numbers for the output "linear")',
    'shared-iterations': 'the runs of the lab share one number of iterations',
    'link-without-experiment': '"link" holds no experiment',
    'no-such-parameter': '{1} has no such parameter',
    'replaced-name': 'expected one of {1}; {2} is used instead',
    'weights-format': 'the file is neither .safetensors nor .npz; expected weights in one of these formats',
    'weights-damaged': 'the .npz file is damaged; expected the whole file',
    'weights-not-numpy': '"{field}" is not an array of NumPy; expected a .npz file that numpy.savez wrote',
    'weights-number-type': '"{field}" holds numbers of type {1}; expected {2}',
    'weights-shape': '"{field}" has no shape; expected a .npz or .safetensors file of weights',
    'weights-bytes': '"{field}" has {value} bytes; expected {1} for its shape, the whole file',
    'weights-count': 'the file has {value} arrays or more; expected at most {1}, as many as a network has',
    'weights-none': 'the file holds no weights; expected arrays of two dimensions, such as layers.0.weight',
    'weights-bias': '"{field}" has {value} values; expected {1}, one for each unit of "{2}"',
    'weights-chain': '"{field}" takes {value} inputs; expected {1}, the units of "{2}" below',
    'weights-other-array':
      '"{field}" is neither the weight nor the bias of a layer; expected a chain of fully connected layers',
    'weights-inputs': 'the weights are for {value} inputs; expected {1}, as the data set has',
    'weights-link': 'a link holds at most {1} weights; these {value} are lost when the page is reloaded',
    'pictures-format':
      'the file is not an HDF5 file, or is incomplete; expected the complete {1} from the folder "datasets" of the course\'s notebook',
    'pictures-dataset':
      'the file holds no data set named {2}; expected the complete {1} from the folder "datasets" of the course\'s notebook',
    'pictures-labels':
      'the file holds {value} labels for {2} pictures; expected the complete {1} from the folder "datasets" of the course\'s notebook',
    'pictures-values': 'the file has {value} values per picture; expected {1} (64 × 64 × 3)',
    'absolute-address': '{field} must be an absolute address, such as file:///folder/{1}, but is {value}',
    'worker-address':
      '{field} must be the address of a file, such as file:///folder/pool-worker.js, but is {value}',
    'no-workers': 'a pool needs Web Workers or worker_threads; this engine has neither',
    'module-unreachable': '{1} cannot be loaded ({2}); expected init_lab.wasm, or wasmUrl to say where it is',
    'module-web-page':
      '{1} is not WebAssembly but an HTML page, as servers answer for a missing file; expected init_lab.wasm',
    'module-bytes': '{1} is not WebAssembly, or not all of it; expected init_lab.wasm',
    'module-version': "{1} is not this version's module ({2}); expected init_lab.wasm of this version",
    'module-start': '{1} did not start: {2}',
    'module-compiled': '{field} is not a WebAssembly.Module; expected the compiled init_lab.wasm',
    'node-version': 'Node {1} cannot load init-lab ({2}); expected Node 20.19 or later',
    'browser-version':
      'this browser cannot run WebAssembly with SIMD and exceptions; expected Chrome 98, Firefox 100, Safari 16.4 or later',
    'missing-global': 'this engine has no {1}; expected a browser or Node 20.19',
    'points-only': '{field} is only accepted in a data set of the name "points"',
  },
};

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);

/**
 * Returns the name that the user probably meant.
 *
 * @param {string} word
 * @param {string[]} names
 * @returns {string | undefined} undefined where none resembles the word
 */
export function closest(word, names) {
  const most = Math.max(2, word.length / 3);
  const ranked = names
    // A word is at least as far from a name as their lengths differ: long words cost no time.
    .filter((name) => Math.abs(name.length - word.length) <= most)
    .map((name) => ({ name, distance: leven(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.distance <= most ? ranked[0].name : undefined;
}

/**
 * Returns the accepted name that an unknown one resembles.
 *
 * @param {ErrorData} error
 */
function meantName({ code, field = '', value, expected }) {
  const names = expected?.names ?? [];
  if (code === 'unknown-name' && typeof value === 'string') return closest(value, names);
  if (code === 'unknown-field' || code === 'unknown-parameter')
    return closest(field.slice(field.lastIndexOf('.') + 1), names);
  return undefined;
}

/** The row of `kinds` that fits the bounds of an expectation. @param {Expected} expected */
export function kindKey({ kind, low, high, names }) {
  if (kind === 'one-of') return names?.length === 1 ? 'one-of-single' : kind;
  if (kind !== 'number' && kind !== 'integer' && kind !== 'count') return kind;
  if (low !== undefined && high !== undefined)
    return kind === 'count' && low === high ? 'count-exactly' : `${kind}-between`;
  if (low !== undefined) return `${kind}-at-least`;
  return high === undefined ? kind : `${kind}-at-most`;
}

/**
 * A value in a sentence: numbers and names as JavaScript writes them, other things by their type.
 *
 * @param {unknown} value
 * @param {Sentences} table
 */
function valueText(value, table) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) {
    const { type } = /** @type {{ type: string }} */ (value);
    return table.types[type] ?? type;
  }
  return String(value);
}

/**
 * The sentence with placeholders: that of the broken rule, or else that of the code.
 *
 * @param {{ code?: string, expected?: Expected }} error
 * @param {Sentences} table
 * @returns {string | undefined}
 */
function templateOf({ code = '', expected }, table) {
  const rule = expected?.kind === 'rule' ? table.rules[expected.names?.[0] ?? ''] : undefined;
  return rule ?? table.codes[code];
}

/**
 * Returns whether an error has data from which a sentence follows.
 *
 * @param {{ code?: string, expected?: Expected }} error
 * @returns {error is ErrorData}
 */
export const hasSentence = (error) => error.code !== undefined && templateOf(error, english) !== undefined;

/**
 * Returns the sentence of an error in the language of a table.
 *
 * @param {ErrorData} error
 * @param {Sentences} [table]
 */
export function errorSentence(error, table = english) {
  const { code, field = '', value, expected } = error;
  const { low, high, names = [] } = expected ?? {};
  const template = templateOf({ code, expected }, table);
  if (template === undefined) return `${field}: ${code}`;
  const count = high ?? low;
  /** @type {Record<string, string>} */
  const values = {
    field,
    value: valueText(value, table),
    low: String(low),
    high: String(high),
    count: String(Number(low) * Number(high)),
    names: names.join(', ') || table.types.nothing,
    type: table.types[names[0]] ?? names[0],
    units: table.units[names[0]]?.[count === 1 ? 0 : 1] ?? '',
    ...Object.fromEntries(names.map((name, i) => [i, name])),
  };
  const key = expected && kindKey(expected);
  values.expected = key ? fill(table.kinds[key] ?? '', values) : '';
  const meant = meantName(error);
  return fill(template, values) + (meant === undefined ? '' : fill(table.meant, { meant }));
}

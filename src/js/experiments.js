// Reads experiment files: one experiment, a list of experiments, or a preset (several runs with
// shared settings). Each becomes a list of named experiments.
import { dataError, expected, fieldError, isObject } from './errors.js';

/** @typedef {import('./lab.js').Spec} Spec */

/**
 * @typedef {object} Preset a file of src/js/experiments/
 * @property {string} id
 * @property {number} [order] place in a list of presets
 * @property {Record<string, string>} [title] by language
 * @property {Record<string, string>} [sentence] by language
 * @property {Record<string, any>} shared settings of all runs: fields of an experiment, and `seed`
 *   for the weights
 * @property {({ init: Record<string, any>, name?: string } & Record<string, any>)[]} runs the
 *   settings of each run
 */

/** @typedef {{ name: string, spec: Spec }} NamedSpec */

// Re-exported for the pages, which read experiments too.
export { isObject };

/**
 * Returns a copy of an object without some of its fields.
 *
 * @param {Record<string, any>} object
 * @param {string[]} fields
 * @returns {Record<string, any>}
 */
export const without = (object, fields) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));

/**
 * Names an initializer with its parameters, without the seed: "normal std=0.01".
 *
 * @param {Record<string, any>} init
 */
export function nameOfInit(init) {
  const parameters = Object.entries(without(init, ['name', 'seed', 'layers']));
  return [init.name, ...parameters.map(([key, value]) => `${key}=${value}`)].join(' ');
}

/**
 * Returns the experiments of a preset. The settings of a run replace the shared ones; its
 * initializer takes the shared seed unless it has its own.
 *
 * @param {Preset} preset
 * @returns {NamedSpec[]}
 * @throws {TypeError} naming the part of the preset that is wrong
 */
export function specsOfPreset({ shared = {}, runs }) {
  if (!isObject(shared)) throw fieldError('shared', shared, expected.type('settings'));
  if (!Array.isArray(runs) || runs.length === 0) throw fieldError('runs', runs, expected.type('run-list'));
  return runs.map((run, i) => {
    if (!isObject(run)) throw fieldError(`runs[${i}]`, run, expected.type('object'));
    const { name = '', init = shared.init, ...own } = run;
    mustBe(`runs[${i}].name`, name, text);
    const { seed, ...settings } = without({ ...shared, ...own }, ['init']);
    if (!isObject(init)) throw fieldError(`runs[${i}].init`, init, expected.type('initializer'));
    const spec = { ...settings, init: seed === undefined ? init : { seed, ...init } };
    return { name: name || nameOfInit(init), spec: /** @type {Spec} */ (spec) };
  });
}

/** @typedef {{ is: (value: unknown) => boolean, accepts: import('./errors.js').Expected }} Kind */

/** @type {Kind} */
const text = { is: (value) => typeof value === 'string', accepts: expected.type('string') };
/** @type {Kind} */
const byLanguage = {
  is: (value) => isObject(value) && Object.values(value).every(text.is),
  accepts: expected.type('texts-by-language'),
};

/**
 * The fields of a preset besides `shared` and `runs`; the schema documents them.
 *
 * @type {Record<string, Kind>}
 */
const ABOUT_PRESET = {
  $schema: text,
  id: text,
  order: { is: Number.isFinite, accepts: expected.number() },
  title: byLanguage,
  sentence: byLanguage,
  speed: { is: (value) => Number.isFinite(value) && Number(value) >= 1, accepts: expected.number(1) },
};

/**
 * @param {string} field
 * @param {unknown} value
 * @param {Kind} kind
 */
function mustBe(field, value, kind) {
  if (value !== undefined && !kind.is(value)) throw fieldError(field, value, kind.accepts);
}

/**
 * Returns the experiments of a file.
 *
 * @param {unknown} content an experiment, a list of experiments, or a preset
 * @param {string} name for an experiment that has no name
 * @returns {NamedSpec[]} not yet validated
 * @throws {TypeError} for any other content
 */
export function readExperiments(content, name) {
  if (Array.isArray(content)) {
    return content.flatMap((entry, i) => readExperiments(entry, `${name}[${i}]`));
  }
  if (!isObject(content)) throw fieldError(name, content, expected.type('experiments'));
  if ('runs' in content) {
    for (const [field, value] of Object.entries(without(content, ['shared', 'runs']))) {
      // An unknown field is probably misspelt: without the error its setting would have no effect.
      if (!Object.hasOwn(ABOUT_PRESET, field))
        throw dataError(TypeError, {
          code: 'unknown-field',
          field,
          expected: expected.oneOf([...Object.keys(ABOUT_PRESET), 'shared', 'runs']),
        });
      mustBe(field, value, ABOUT_PRESET[field]);
    }
    return specsOfPreset(/** @type {Preset} */ (content));
  }
  // Editors read `$schema`; the lab ignores it.
  mustBe('$schema', content.$schema, text);
  return [{ name, spec: without(content, ['$schema']) }];
}

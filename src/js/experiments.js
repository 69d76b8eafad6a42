/**
 * Experiments as a person writes them down: one spec, a list of specs, or a preset, which is several runs that share most of
 * their settings. All become a list of named specs.
 */
import { fieldError, isObject } from './errors.js';

/** @typedef {import('./lab.js').Spec} Spec */

/**
 * @typedef {object} Preset a file of src/js/experiments/
 * @property {string} id
 * @property {number} [order] its place in a list
 * @property {Record<string, string>} [title] by language
 * @property {Record<string, string>} [sentence] by language
 * @property {Record<string, any>} shared settings of all runs: fields of a spec, and `seed` for the weights
 * @property {({ init: Record<string, any>, name?: string } & Record<string, any>)[]} runs what each has of its own
 */

/** @typedef {{ name: string, spec: Spec }} NamedSpec */

// The pages' reader of experiments takes it from here.
export { isObject };

/**
 * A copy of an object without some of its fields.
 *
 * @param {Record<string, any>} object
 * @param {string[]} fields
 * @returns {Record<string, any>}
 */
export const without = (object, fields) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));

/** "normal std=0.01": all but the seed. @param {Record<string, any>} init */
export function nameOfInit(init) {
  const parameters = Object.entries(without(init, ['name', 'seed', 'layers']));
  return [init.name, ...parameters.map(([key, value]) => `${key}=${value}`)].join(' ');
}

/**
 * The experiments of a preset. A run's own settings go over the shared ones; its initializer takes the shared seed
 * unless it has one.
 *
 * @param {Preset} preset
 * @returns {NamedSpec[]}
 * @throws {TypeError} naming the part that is not as it should be
 */
export function specsOfPreset({ shared = {}, runs }) {
  if (!isObject(shared)) throw fieldError('shared', shared, 'an object of settings');
  if (!Array.isArray(runs) || runs.length === 0) throw fieldError('runs', runs, 'a list of at least one run');
  return runs.map((run, i) => {
    if (!isObject(run)) throw fieldError(`runs[${i}]`, run, 'an object');
    const { name = '', init = shared.init, ...own } = run;
    mustBe(`runs[${i}].name`, name, text);
    const { seed, ...settings } = without({ ...shared, ...own }, ['init']);
    if (!isObject(init)) throw fieldError(`runs[${i}].init`, init, 'an initializer');
    const spec = { ...settings, init: seed === undefined ? init : { seed, ...init } };
    return { name: name || nameOfInit(init), spec: /** @type {Spec} */ (spec) };
  });
}

/** @typedef {{ is: (value: unknown) => boolean, expected: string }} Kind */

/** @type {Kind} */
const text = { is: (value) => typeof value === 'string', expected: 'text' };
/** @type {Kind} */
const byLanguage = {
  is: (value) => isObject(value) && Object.values(value).every(text.is),
  expected: 'an object with a text for each language',
};

/** What a preset may hold besides `shared` and `runs`; the schema says what it is for. @type {Record<string, Kind>} */
const ABOUT_PRESET = {
  $schema: text,
  id: text,
  order: { is: Number.isFinite, expected: 'a number' },
  title: byLanguage,
  sentence: byLanguage,
  speed: { is: (value) => Number.isFinite(value) && Number(value) >= 1, expected: 'a number from 1 on' },
};

/** @param {string} field @param {unknown} value @param {Kind} kind */
function mustBe(field, value, kind) {
  if (value !== undefined && !kind.is(value)) throw fieldError(field, value, kind.expected);
}

/**
 * The experiments that a file holds.
 *
 * @param {unknown} content a spec, a list of specs, or a preset
 * @param {string} name what to call an experiment that does not say
 * @returns {NamedSpec[]} not yet validated
 * @throws {TypeError} when it is none of them
 */
export function readExperiments(content, name) {
  if (Array.isArray(content)) {
    return content.flatMap((entry, i) => readExperiments(entry, `${name}[${i}]`));
  }
  if (!isObject(content)) throw fieldError(name, content, 'an experiment, a list of experiments or a preset');
  if ('runs' in content) {
    for (const [field, value] of Object.entries(without(content, ['shared', 'runs']))) {
      // What is misspelt would else be trained without a word.
      if (!Object.hasOwn(ABOUT_PRESET, field))
        throw fieldError(
          'preset',
          field,
          `no field but ${Object.keys(ABOUT_PRESET).join(', ')}, shared, runs`,
        );
      mustBe(field, value, ABOUT_PRESET[field]);
    }
    return specsOfPreset(/** @type {Preset} */ (content));
  }
  // For editors only: which schema the file follows.
  mustBe('$schema', content.$schema, text);
  return [{ name, spec: without(content, ['$schema']) }];
}

/** Where the command line's experiments come from: presets, JSON and YAML files, standard input. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { nameOfInit, readExperiments, without } from '../experiments.js';
import { inOrder, readAxis, withField, withoutStrangers } from '../sweep.js';
import { UsageError } from './errors.js';

/** @typedef {import('../experiments.js').Preset} Preset */
/** @typedef {import('../experiments.js').NamedSpec} NamedSpec */
/** @typedef {import('../lab.js').Spec} Spec */

const presetFolder = new URL('../experiments/', import.meta.url);

/** The experiments that ship with the lab, in the order in which the page lists them. @returns {Preset[]} */
export function readPresets() {
  return readdirSync(presetFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, presetFolder), 'utf8')))
    .filter((content) => Array.isArray(content.runs))
    .sort((a, b) => a.order - b.order);
}

/** @param {unknown} error */
const messageOf = (error) => /** @type {Error} */ (error).message;

/**
 * @param {string} source a preset's name, the path of a JSON or YAML file, or "-" for standard input
 * @returns {NamedSpec[]} not yet validated
 * @throws {UsageError} when there is no such thing, or it cannot be read
 */
function readSource(source) {
  // A folder's name may be a preset's.
  const isFile = source === '-' || statSync(source, { throwIfNoEntry: false })?.isDirectory() === false;
  if (!isFile) {
    const presets = readPresets();
    const preset = presets.find(({ id }) => id === source);
    if (preset) return readExperiments(preset, preset.id);
    const names = presets.map(({ id }) => id).join(', ');
    throw new UsageError(`"${source}" is neither a file nor a preset; the presets are ${names}`);
  }
  let text;
  try {
    // The number itself: process.stdin would make a pipe that has nothing yet an error.
    text = readFileSync(source === '-' ? 0 : source, 'utf8');
  } catch (error) {
    throw new UsageError(`"${source}" cannot be read: ${messageOf(error)}`);
  }
  let content;
  try {
    // JSON is YAML too, so that one reader serves both.
    content = parse(text);
  } catch (error) {
    throw new UsageError(`"${source}" is neither JSON nor YAML: ${messageOf(error)}`);
  }
  try {
    JSON.stringify(content);
  } catch {
    // An anchor of YAML may stand for what it is a part of.
    throw new UsageError(`"${source}" holds itself; expected what has an end`);
  }
  const experiments = readExperiments(content, placeOf(source));
  if (experiments.length === 0) throw new UsageError(`"${source}" holds no experiment`);
  return experiments;
}

/** What experiments without a name are called after. @param {string} source */
const placeOf = (source) => (source === '-' ? 'experiment' : basename(source, extname(source)));

/** All but the seed, which no name tells. @param {Record<string, any>} init */
const nameable = (init) => without(init, ['seed']);

/**
 * What to call an experiment with fields replaced: its name must not claim what is no longer so.
 *
 * @param {string} name before
 * @param {{ before: Record<string, any>, after: Record<string, any> }} init the initializer
 * @param {string[]} open fields of the initializer that are yet to take several values
 * @param {string} place that experiments without a name are called after
 */
function nameAfter(name, { before, after }, open, place) {
  const made = open.includes('name') ? '' : nameOfInit(without(after, open));
  if (name === nameOfInit(before)) return made;
  if (isDeepStrictEqual(nameable(before), nameable(after))) return name;
  // Where it stands stays true, and tells it from the others of its file.
  const isPlace = name === place || name.startsWith(`${place}[`);
  return isPlace ? [name, made].filter(Boolean).join(': ') : made;
}

/**
 * What each experiment gives. Where there are several, an error of one says which it is.
 *
 * @template T
 * @param {NamedSpec[]} experiments
 * @param {(experiment: NamedSpec) => T} work
 * @returns {T[]}
 */
export const ofEach = (experiments, work) =>
  experiments.map((experiment) => {
    try {
      return work(experiment);
    } catch (error) {
      if (experiments.length > 1 && error instanceof Error)
        error.message = `${experiment.name}: ${error.message}`;
      throw error;
    }
  });

/**
 * The experiments of a source with fields replaced.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {string} source
 * @param {string[]} [assignments] "iterations=100", one value each
 * @param {string[]} [open] paths of fields that the caller will give several values, for names not to tell one
 * @returns {NamedSpec[]}
 */
export function readWithChanges(lab, source, assignments = [], open = []) {
  const changes = assignments.map((text) => {
    const { path, values } = readAxis(text, '--set');
    if (values.length !== 1)
      throw new UsageError(`--set ${text} holds ${values.length} values; expected one`);
    return { path, value: values[0] };
  });
  const openInInit = open.flatMap((path) =>
    path === 'init' ? ['name'] : path.startsWith('init.') ? [path.slice('init.'.length)] : [],
  );
  const defaults = lab.validate({});
  return ofEach(readSource(source), ({ name, spec }) => {
    const changed = withoutStrangers(
      inOrder(changes).reduce((made, { path, value }) => withField(made, path, value, defaults), spec),
      Object.fromEntries(changes.map(({ path, value }) => [path, value])),
      lab.catalogue,
    );
    const init = { before: spec.init ?? defaults.init, after: changed.init ?? defaults.init };
    return { name: nameAfter(name, init, openInInit, placeOf(source)), spec: changed };
  });
}

/** @param {string} path @returns {ArrayBuffer} @throws {UsageError} */
export function readBytes(path) {
  try {
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    return /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));
  } catch (error) {
    throw new UsageError(`"${path}" cannot be read: ${messageOf(error)}`);
  }
}

/** Where the package lies. */
export const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url));

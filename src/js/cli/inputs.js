/**
 * Where the command line's experiments come from: presets, JSON and YAML files, exports of the
 * page, standard input.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { decodeText } from '../csv.js';
import { datasetNameOf } from '../dataset-files.js';
import { closest } from '../error-sentences.js';
import { isObject } from '../errors.js';
import { readExamplesTable } from '../examples-table.js';
import { nameOfInit, readExperiments, without } from '../experiments.js';
import { networkOf, readTensors } from '../exports/weights.js';
import { dropForeignParameters, readAxis, sortByDepth, withField } from './grid.js';
import { UsageError } from './exit.js';
import { checkInput } from './file-checks.js';

/** @typedef {import('../experiments.js').Preset} Preset */
/** @typedef {import('../experiments.js').NamedSpec} NamedSpec */
/** @typedef {import('../lab.js').Spec} Spec */

/**
 * The options that training-options.js adds to a command.
 *
 * @typedef {object} InputOptions
 * @property {string[]} [set] "iterations=100", one value each
 * @property {string} [data] a CSV file
 * @property {string} [test] a CSV file
 * @property {boolean} [standardize]
 */

const presetFolder = new URL('../experiments/', import.meta.url);

/** Returns the presets in the order in which the page lists them. @returns {Preset[]} */
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
 * The experiments in a result of a training: what the page exports, and what run --json and --jsonl
 * write.
 *
 * @param {unknown} content
 * @returns {NamedSpec[] | undefined} undefined for any other content
 */
function readResults(content) {
  const isExportOfAll = isObject(content) && typeof content.link === 'string' && Array.isArray(content.runs);
  const results = isExportOfAll ? content.runs : [content].flat();
  const areResults =
    results.length > 0 &&
    results.every(
      (/** @type {unknown} */ result) =>
        isObject(result) && isObject(result.spec) && typeof result.name === 'string',
    );
  return areResults ? results.map((/** @type {NamedSpec} */ { name, spec }) => ({ name, spec })) : undefined;
}

/** Whether a source is a file of weights. @param {string} source */
export const isWeights = (source) => /\.(npz|safetensors)$/i.test(source);

/**
 * Reads the network of a file of weights, as PyTorch's state_dict or numpy.savez has them.
 *
 * @param {string} path
 * @returns {import('../exports/weights.js').WeightsNetwork}
 * @throws {UsageError}
 */
export function readWeights(path) {
  try {
    return networkOf(readTensors(readBytes(path)));
  } catch (error) {
    if (/** @type {import('../types.js').LabError} */ (error).code !== 'bad-weights') throw error;
    throw new UsageError('bad-file', { value: path, reason: messageOf(error) }, { cause: error });
  }
}

/**
 * Describes a network of given weights as an experiment, whose data --data gives.
 *
 * @param {string} path
 * @returns {NamedSpec[]}
 */
function experimentOfWeights(path) {
  const { layers, outputs, normalization, skip } = readWeights(path);
  const output = /** @type {Spec['output']} */ (outputs === 1 ? 'sigmoid' : 'softmax');
  const more = { ...(normalization ? { normalization } : {}), ...(skip ? { skip } : {}) };
  return [{ name: defaultName(path), spec: { layers, output, ...more, iterations: 0 } }];
}

/**
 * @param {string} source a preset's name, the path of a JSON or YAML file, or "-" for standard
 *   input
 * @returns {NamedSpec[]} not yet validated
 * @throws {UsageError} when the source does not exist or cannot be read
 */
function readSource(source) {
  // A folder may have the name of a preset.
  const isFile = source === '-' || statSync(source, { throwIfNoEntry: false })?.isDirectory() === false;
  if (!isFile) {
    const presets = readPresets();
    const preset = presets.find(({ id }) => id === source);
    if (preset) return readExperiments(preset, preset.id);
    const names = presets.map(({ id }) => id);
    const meant = closest(source, names);
    throw new UsageError(meant === undefined ? 'unknown-source' : 'misspelt-source', {
      value: source,
      meant,
      names,
    });
  }
  if (source !== '-') checkInput(source);
  if (isWeights(source)) return experimentOfWeights(source);
  let text;
  try {
    // The descriptor, because process.stdin would fail on a pipe that has no data yet.
    text = readFileSync(source === '-' ? 0 : source, 'utf8');
  } catch (error) {
    throw new UsageError('unreadable', { value: source, reason: messageOf(error) });
  }
  let content;
  try {
    // JSON is a part of YAML, so one reader serves both.
    content = parse(text);
  } catch (error) {
    throw new UsageError('not-yaml', { value: source, reason: messageOf(error) });
  }
  try {
    JSON.stringify(content);
  } catch {
    throw new UsageError('circular-alias', { value: source });
  }
  const experiments = readResults(content) ?? readExperiments(content, defaultName(source));
  if (experiments.length === 0) throw new UsageError('no-experiment', { value: source });
  return experiments;
}

/** The name of experiments that have none of their own. @param {string} source */
const defaultName = (source) => (source === '-' ? 'experiment' : basename(source, extname(source)));

/** Names do not mention seeds. @param {Record<string, any>} init */
const withoutSeed = (init) => without(init, ['seed']);

/**
 * Names an experiment after some of its fields were replaced: a name must not mention a value that
 * was replaced.
 *
 * @param {string} name before
 * @param {{ before: Record<string, any>, after: Record<string, any> }} init the initializer
 * @param {string[]} open fields of the initializer that will take several values
 * @param {string} fallback the name of experiments that have none of their own
 */
function renamed(name, { before, after }, open, fallback) {
  const described = open.includes('name') ? '' : nameOfInit(without(after, open));
  if (name === nameOfInit(before)) return described;
  if (isDeepStrictEqual(withoutSeed(before), withoutSeed(after))) return name;
  // The place in a file stays true, and distinguishes the experiments of a list.
  const isPlace = name === fallback || name.startsWith(`${fallback}[`);
  return isPlace ? [name, described].filter(Boolean).join(': ') : described;
}

/**
 * Maps experiments; an error says which of several experiments it is about.
 *
 * @template T
 * @param {NamedSpec[]} experiments
 * @param {(experiment: NamedSpec) => T} work
 * @returns {T[]}
 */
export const mapExperiments = (experiments, work) =>
  experiments.map((experiment) => {
    try {
      return work(experiment);
    } catch (error) {
      if (experiments.length > 1 && error instanceof Error)
        error.message = `${experiment.name}: ${error.message}`;
      throw error;
    }
  });

/** More classes than this are taken for a column that is not the label. */
const MOST_CLASSES = 1000;

/**
 * Reads labelled examples from a CSV file.
 *
 * @param {string} path
 * @param {number} [features] how many there must be
 * @returns {{ x: number[][], y: number[] }}
 */
function readCsvExamples(path, features) {
  const table = readExamplesTable(decodeText(readBytes(path)), { features, classes: MOST_CLASSES });
  const [fault] = table.faults;
  if (fault)
    throw new UsageError(`table-${fault.kind}`, { value: path, line: fault.line, found: fault.found });
  if (table.rows.length === 0) throw new UsageError('no-examples', { value: path });
  return { x: table.rows, y: table.labels };
}

/**
 * The change of the data set that --data, --test and --standardize ask for.
 *
 * @param {InputOptions} options
 * @param {Spec} defaults the experiment that leaves every field out
 * @returns {((spec: Spec) => Spec)}
 */
function dataChange({ data, test, standardize }, defaults) {
  if (data === undefined && test !== undefined) throw new UsageError('needs-data', { field: '--test' });
  const train = data === undefined ? undefined : readCsvExamples(data);
  const own = train && {
    name: 'points',
    train,
    ...(test === undefined ? {} : { test: readCsvExamples(test, train.x[0].length) }),
  };
  return (spec) => {
    const dataset = own ?? spec.dataset ?? defaults.dataset;
    // What is no object gets the error that validation has for it.
    if (standardize && isObject(dataset))
      return { ...spec, dataset: /** @type {any} */ ({ ...dataset, standardize: true }) };
    return own ? { ...spec, dataset: own } : spec;
  };
}

/**
 * Reads the experiments of a source, with fields replaced.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {string} source
 * @param {InputOptions} [options]
 * @param {string[]} [open] paths of fields that will take several values; names do not mention them
 * @returns {NamedSpec[]}
 */
export function readWithChanges(lab, source, options = {}, open = []) {
  const changes = (options.set ?? []).map((text) => {
    const { path, values } = readAxis(text, '--set');
    if (values.length !== 1)
      throw new UsageError('several-values', { field: '--set', value: text, count: values.length });
    return { path, value: values[0] };
  });
  const openInInit = open.flatMap((path) =>
    path === 'init' ? ['name'] : path.startsWith('init.') ? [path.slice('init.'.length)] : [],
  );
  const defaults = lab.validate({});
  const withData = dataChange(options, defaults);
  return mapExperiments(readSource(source), ({ name, spec }) => {
    const changed = dropForeignParameters(
      sortByDepth(changes).reduce(
        (made, { path, value }) => withField(made, path, value, defaults),
        withData(spec),
      ),
      Object.fromEntries(changes.map(({ path, value }) => [path, value])),
      lab.catalogue,
    );
    const init = { before: spec.init ?? defaults.init, after: changed.init ?? defaults.init };
    return { name: renamed(name, init, openInInit, defaultName(source)), spec: changed };
  });
}

/**
 * @param {string} path
 * @returns {ArrayBuffer}
 * @throws {UsageError}
 */
export function readBytes(path) {
  checkInput(path);
  try {
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    return /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));
  } catch (error) {
    throw new UsageError('unreadable', { value: path, reason: messageOf(error) });
  }
}

/** The version and description of the package. @type {{ version: string, description: string }} */
export const packageInfo = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'),
);

/**
 * Reads experiments as `readWithChanges` does, and loads the files of their data sets, so that
 * `lab.createSession` and `lab.dataset` take them.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {string} source
 * @param {InputOptions} [options]
 */
export async function readWithData(lab, source, options) {
  const experiments = readWithChanges(lab, source, options);
  for (const { spec } of experiments) await lab.loadDataset(datasetNameOf(spec));
  return experiments;
}

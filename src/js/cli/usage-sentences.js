/**
 * The sentences of errors that only the command line raises, by code; English, as the command line
 * is. {placeholders} are filled with the error's data.
 */
import { fill } from '../error-sentences.js';

export const usageSentences = {
  // Options.
  'empty-option': '{field} is ""; expected {accepted}',
  'above-limit': '{field} is {value}; expected at most {high}',
  'several-values': '{field} {value} has {count} values; expected one',
  'needs-data': '{field} needs --data',
  'not-a-number': 'Expected a number.',
  'not-a-variance': 'Expected a number from 0 to 1e12.',
  'not-a-whole-number': 'Expected a whole number, at least {low}.',
  'too-many': 'Expected at most {high}.',
  'not-a-plane': 'Expected LEFT,RIGHT,BOTTOM,TOP in ascending order.',
  terminal: 'refusing to write {content} to a terminal; use {field} FILE or a pipe',
  'picture-too-large':
    '{field} {value} makes a picture of {width} x {value} pixels; expected at most {high} in all',
  'no-growth-law': '{field} is known for the activations {names}, but the activation is {value}',
  'not-two-features': '{field} must be 2, to draw a plane, but is {value}',
  // Files.
  unreadable: '"{value}" cannot be read: {reason}',
  unwritable: '"{value}" cannot be written: {reason}',
  folder: '"{value}" cannot be written: it is a folder',
  'bad-file': '"{value}": {reason}',
  'not-yaml': '"{value}" is neither JSON nor YAML: {reason}',
  'circular-alias': '"{value}" contains a circular YAML alias',
  'no-experiment': '"{value}" holds no experiment',
  'unknown-source': '"{value}" is neither a file nor a preset; the presets are {names}',
  'misspelt-source':
    '"{value}" is neither a file nor a preset (did you mean {meant}?); the presets are {names}',
  // Tables of examples.
  'no-examples': '"{value}" holds no examples',
  'table-columns': '"{value}", line {line} has {found} columns; expected as many as in the first line',
  'table-number': '"{value}", line {line}: "{found}" is not a number from -1e12 to 1e12',
  'table-label': '"{value}", line {line}: the label is "{found}"; expected 0, 1, … (or -1 and 1)',
  'table-few': '"{value}", {found} examples; expected at least 2',
  'table-many': '"{value}", {found} examples are too many',
  // Experiments and weights.
  'several-experiments': 'several experiments; use {field} with one of {names}',
  'unknown-run': 'no run "{value}"; use {field} with one of {names}',
  'weights-without-data': 'weights are measured on examples; use --data FILE',
  'weights-features': 'the weights take {value} features, the data have {accepted}',
  // Grids.
  'nothing-to-sweep': 'nothing to sweep; expected --grid FIELD=VALUES or --seeds VALUES',
  'not-an-axis': '{field} must be field=values, such as init.std=0.01,0.1,1, but is "{value}"',
  'no-values': '{field} must have at least one value, but is "{value}"',
  'not-a-value': '{field} must be a value in JSON or YAML, in one line, but is "{value}"',
  'not-a-range': '{field} must be a range such as 1..5, 0..1:11 or 1e-3..1e2:13:log, but is "{value}"',
  'not-ascending':
    '{field} is "{value}"; a range without a count needs whole numbers in ascending order, such as 1..5',
  'range-count': '{field} is "{value}"; a range needs a count from 2 to {high}, such as 0..1:11',
  'log-range': '{field} is "{value}"; a log range needs numbers above 0, such as 1e-3..1e2:13:log',
  'not-an-index': '{field} must be an index of the list, from {list}[0] to {list}[{high}]',
  'too-many-points': '{field} has {value} combinations; expected at most {high}',
  'repeated-field': '{field} has {value} twice; expected each field once',
  // Parts of a sweep.
  'not-a-shard': '{field} must be i/n with i from 1 to n, such as 1/4, but is "{value}"',
  'no-task': '--shard auto finds no task of a scheduler; expected one of {names} in the environment',
  'several-schedulers': '--shard auto finds {schedulers}; use --shard i/n',
  'unknown-task-count':
    '{scheduler} does not say how many tasks there are; use --shard auto/n, such as auto/8',
  'other-task-count':
    '{scheduler} runs {count} tasks, numbered {low} to {high}; expected {parts} consecutive ones; use --shard i/n',
  'task-out-of-range': '{field} is {value}; expected {low} to {high} for {parts} parts',
  // Result files.
  'damaged-line':
    '{path}, line {line} {problem}; expected the result file of a sweep (delete a damaged line to train it again)',
  'empty-result-file': '"{value}" is empty; expected the result file of a sweep',
  'other-version': '"{value}" was made by Init Lab {found}, this is {accepted}; use another file',
  'other-experiments': '"{value}" holds the results of other experiments; use another file',
  'other-grid': '"{value}" has another grid than "{first}"; expected parts of one sweep',
  'other-result': '"{value}" has another result for {point} than a file before it',
  'file-in-use': '"{value}" is in use by another process; give each process a file of its own',
  'missing-trainings': '{missing} of {all} trainings are missing',
  'missing-part': '  part {shard} has no file',
  'incomplete-part': '  "{value}" (part {shard}) lacks {missing}',
  'more-missing': '  … and {count} more',
};

/** @typedef {keyof typeof usageSentences} UsageCode */
/** @typedef {Record<string, unknown>} UsageData */

/**
 * Returns the sentence of a code; a list is written with commas.
 *
 * @param {UsageCode} code
 * @param {UsageData} [data]
 */
export const usageSentence = (code, data = {}) =>
  fill(
    usageSentences[code],
    Object.fromEntries(Object.entries(data).map(([key, value]) => [key, [value].flat().join(', ')])),
  );

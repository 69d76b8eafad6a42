/**
 * The project's rules that no linter has: the includes of C++ files, their direction between the
 * core's folders, sources that nothing compiles, the width of comments, the length of files. ESLint
 * checks the imports between folders of JavaScript (scripts/eslint.config.mjs).
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join, posix } from 'node:path';
import { findIncludeFaults } from './include-rules.mjs';

/**
 * The core's folders: each may include itself and those before it. src/bindings may include all of
 * them.
 */
const CORE_FOLDERS = [
  'base',
  'numerics',
  'data',
  'network',
  'initializers',
  'training',
  'theory',
  'diagnostics',
  'experiment',
];

/** Columns of a comment, at most. */
const COMMENT_WIDTH = 100;
/** Lines of a file, at most, unless a comment at its top begins with the words of LENGTH_REASON. */
const FILE_LENGTH = 450;
const LENGTH_REASON = 'Longer than most files because';

const CODE = new Set(['.hpp', '.cpp', '.js', '.mjs', '.ts', '.mts', '.css']);

/**
 * Checks the includes of a C++ file against the order of the core's folders.
 *
 * @param {string} file relative to the project
 * @param {string} text
 * @returns {string[]} one finding for each include that breaks the rule
 */
export function findIncludesBack(file, text) {
  const folder = /^src\/core\/init_lab\/(\w+)\//.exec(file)?.[1];
  if (!folder) return [];
  const rank = CORE_FOLDERS.indexOf(folder);
  if (rank < 0)
    return [`${file}: the folder ${folder} has no place in CORE_FOLDERS of scripts/house-rules.mjs`];
  return text.split('\n').flatMap((line, i) => {
    const included = /^#include [<"]([^>"]+)[>"]/.exec(line)?.[1];
    if (included?.startsWith('emscripten'))
      return [`${file}:${i + 1}: the core includes nothing of Emscripten`];
    const target = /^init_lab\/(\w+)\//.exec(included ?? '')?.[1];
    if (target === undefined || CORE_FOLDERS.indexOf(target) <= rank) return [];
    return [`${file}:${i + 1}: ${folder} may not include ${target}, which comes after it`];
  });
}

/**
 * Finds comments that are too wide or hold two tags in one line, and files that are too long.
 *
 * @param {string} file relative to the project
 * @param {string} text
 * @returns {string[]} one finding a line
 */
export function findLayoutFaults(file, text) {
  if (!CODE.has(extname(file)) && basename(file) !== 'CMakeLists.txt') return [];
  const lines = text.split('\n');
  const findings = lines.flatMap((line, i) => {
    const place = `${file}:${i + 1}`;
    const faults = [];
    if (line.length > COMMENT_WIDTH && isComment(line)) {
      faults.push(
        `${place}: the comment has ${line.length} columns, at most ${COMMENT_WIDTH} are read with ease`,
      );
    }
    if (
      /^\s*(\/\*\*|\*).*@(param|returns|throws|property)\b.*\s@(param|returns|throws|property)\b/.test(line)
    ) {
      faults.push(`${place}: two tags in one line, each takes its own`);
    }
    return faults;
  });
  const reasoned = lines.slice(0, 20).some((line) => line.includes(LENGTH_REASON));
  if (lines.length - 1 > FILE_LENGTH && !reasoned) {
    findings.push(
      `${file}: ${lines.length - 1} lines, at most ${FILE_LENGTH} unless a comment at the top says "${LENGTH_REASON} …"`,
    );
  }
  return findings;
}

/**
 * Tells whether a line is a comment or ends in one. An address cannot be broken and does not count.
 */
function isComment(/** @type {string} */ text) {
  // A cast belongs to the code beside it, and a mark for a linter is no sentence.
  const line = text.replaceAll(/\/\*\* @type .*?\*\//g, '').replace(/\s*\/\/ NOLINT.*$/, '');
  if (/https?:\/\//.test(line)) return false;
  return (
    /^\s*(\/\/|\/\*|\*|#\s)/.test(line) ||
    /[;{},)\]>]\s+(\/\/|\/\*)/.test(line) ||
    /\S\s+\/\/\/?<? /.test(line)
  );
}

/**
 * Finds C++ sources that no CMakeLists.txt lists, which nothing compiles.
 *
 * @param {string[]} files relative to the project
 * @param {(file: string) => string} read
 * @returns {string[]} one finding for each source
 */
export function findUnbuiltSources(files, read) {
  const builds = files
    .filter((file) => basename(file) === 'CMakeLists.txt')
    .map((file) => ({ folder: dirname(file), text: read(file) }));
  const isListed = (/** @type {string} */ source) =>
    builds.some(({ folder, text }) =>
      text.split(/[\s()"]+/).some((word) => posix.join(folder, word) === source),
    );
  return files
    .filter((file) => extname(file) === '.cpp' && !isListed(file))
    .map((file) => `${file}: no CMakeLists.txt lists it, so nothing compiles it`);
}

/**
 * Applies every rule of this file.
 *
 * @param {string[]} files relative to the project
 * @param {string} root the project's folder
 * @returns {string[]} the findings
 */
export function checkHouseRules(files, root) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
  return [
    ...files.flatMap((file) => [
      ...findIncludesBack(file, read(file)),
      ...findLayoutFaults(file, read(file)),
    ]),
    ...findIncludeFaults(files, read),
    ...findUnbuiltSources(files, read),
  ];
}

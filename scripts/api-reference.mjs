/**
 * The API reference as HTML: every documented declaration of the package's types (made by tsc from the JSDoc) and of the
 * core's headers, in the order of their files. A declaration without a comment is left out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files.mjs';
import { root } from './steps.mjs';

/** @typedef {{ declaration: string, doc: string[] }} Entry */
/** @typedef {{ file: string, about: string, entries: Entry[] }} Chapter */

/** What of the package its users import, in the order of its importance. */
const PACKAGE = ['lab', 'types', 'pool', 'pictures', 'experiments', 'load'];

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A line of a comment, with `code` as code. @param {string} text */
const prose = (text) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** How deep a piece of code leaves its brackets open. @param {string} code */
const open = (code) => (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;

/** The declaration that begins at a line, up to its end or its body. @param {string[]} lines @param {number} at */
function declarationAt(lines, at) {
  let text = '';
  for (let i = at; i < lines.length && i < at + 12; i += 1) {
    const line = lines[i].replace(/\s*\/\/.*$/, '').trim();
    text += (text === '' ? '' : ' ') + line;
    if (/^(export )?(declare )?(class|interface|struct|enum)\b/.test(text))
      return text.replace(/\s*\{.*$/, '');
    if (open(text) <= 0 && /[;{,}]$/.test(line)) break;
  }
  return text.replace(/\s*\{[^{}]*$/, '').replace(/[;,]$/, '');
}

/** JSDoc's lines without their stars. @param {string} comment */
const linesOf = (comment) =>
  comment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .replace(/ (?=@(type|param|returns|throws)\b)/g, '\n')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .filter((line) => line !== '' && !/^@(typedef|property|template|type)\b/.test(line));

/** @param {string} name @returns {Chapter} */
function readTypes(name) {
  const lines = readFileSync(join(root, 'dist', 'types', `${name}.d.ts`), 'utf8').split('\n');
  /** @type {Entry[]} */
  const entries = [];
  for (let i = 0; i < lines.length; i += 1) {
    if (!lines[i].trim().startsWith('/**')) continue;
    let comment = lines[i];
    while (!lines[i].includes('*/')) comment += `\n${lines[(i += 1)]}`;
    const declaration = declarationAt(lines, i + 1);
    if (declaration !== '' && !/^(private|#|\/\*)/.test(declaration))
      entries.push({ declaration, doc: linesOf(comment) });
  }
  return { file: `init-lab: ${name}`, about: '', entries };
}

/** @param {string} file @returns {Chapter} */
function readHeader(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const about = lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ');
  /** @type {Entry[]} */
  const entries = [];
  for (let i = end; i < lines.length; i += 1) {
    const trailing = /^(.*\S)\s*\/\/\/<\s*(.*)$/.exec(lines[i]);
    if (trailing) entries.push({ declaration: trailing[1].trim().replace(/;$/, ''), doc: [trailing[2]] });
    if (!/^\s*\/\/\/(?!<)/.test(lines[i])) continue;
    const doc = [];
    for (; /^\s*\/\/\/(?!<)/.test(lines[i]); i += 1) doc.push(lines[i].replace(/^\s*\/\/\/ ?/, ''));
    entries.push({ declaration: declarationAt(lines, i), doc });
  }
  return { file: file.replace(/^src\//, ''), about, entries };
}

/** @param {string[]} doc */
function docHtml(doc) {
  const first = doc.findIndex((line) => line.startsWith('@'));
  const [text, tags] = first < 0 ? [doc, []] : [doc.slice(0, first), doc.slice(first)];
  // A tag's text may go on in the next line.
  const joined = tags.reduce((/** @type {string[]} */ all, line) => {
    if (line.startsWith('@')) return [...all, line];
    return [...all.slice(0, -1), `${all[all.length - 1]} ${line}`];
  }, []);
  const items = joined
    .map((tag) => tag.replace(/^@(\w+)\s*/, '$1: ').replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}\s*/, ''))
    // What only repeats the declaration's types says nothing.
    .filter((tag) => /: (\S+ )?\S/.test(tag) && !/^param: \S+$/.test(tag))
    .map((tag) => `<li>${prose(tag)}</li>`);
  return `${text.length > 0 ? `<p>${prose(text.join(' '))}</p>` : ''}${items.length > 0 ? `<ul>${items.join('')}</ul>` : ''}`;
}

/** Without what is the same in every line. @param {string} declaration */
const plain = (declaration) =>
  declaration.replace(/^export (declare )?/, '').replace(/import\('[^']*'\)\./g, '');

/** @param {Chapter} chapter */
const chapterHtml = ({ file, about, entries }) =>
  `<section><h2>${escaped(file)}</h2>${about === '' ? '' : `<p>${prose(about)}</p>`}${entries
    .map(({ declaration, doc }) => `<h3><code>${escaped(plain(declaration))}</code></h3>${docHtml(doc)}`)
    .join('')}</section>`;

/** @returns {string} HTML, one section a file */
export function apiReference() {
  const headers = filesUnder('src/core').filter((file) => file.endsWith('.hpp'));
  return [...PACKAGE.map(readTypes), ...headers.map(readHeader)]
    .filter(({ entries }) => entries.length > 0)
    .map(chapterHtml)
    .join('\n');
}

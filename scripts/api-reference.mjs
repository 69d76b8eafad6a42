/**
 * Writes the API reference as HTML: every documented declaration of the package's types, which tsc
 * makes from the JSDoc, in the order of their files. A declaration without a comment is left out.
 *
 * Home-made because TypeDoc needs the compiler's JavaScript API, which TypeScript 7 does not have.
 * The C++ core has no page: its headers are its reference.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

/**
 * A documented declaration. A member belongs to the last entry that is not a member.
 *
 * @typedef {{ declaration: string, doc: string[], member: boolean }} Entry
 */
/** @typedef {{ id: string, name: string, about: string, entries: Entry[] }} Chapter */

/**
 * The files that users of the package import from, most important first.
 *
 * @type {[file: string, name: string, about: string][]}
 */
const PACKAGE = [
  ['lab', 'The lab', "`import { loadLab } from 'init-lab'`"],
  ['load', 'Loading', 'The options of `loadLab(options)`.'],
  ['butterfly', 'The butterfly', "`import { butterfly } from 'init-lab'`"],
  ['types', 'Types', "`import type { Spec, Result } from 'init-lab'`"],
  ['pool', 'The pool', "`import { createPool } from 'init-lab/pool'`"],
  ['pictures', 'Pictures', "`import { readPictures } from 'init-lab/pictures'`"],
];

/** Exported for the package's own files only. */
const INTERNAL = /^export (declare )?(function|type) (loadModule|nextUp|Member)\b/;

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Returns a line of a comment as HTML, with `code` as code.
 *
 * @param {string} text
 */
const prose = (text) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/**
 * Returns how many brackets a piece of code leaves open.
 *
 * @param {string} code
 */
const openBrackets = (code) => (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;

/**
 * Returns the declaration that begins at a line, up to its end or its body.
 *
 * @param {string[]} lines
 * @param {number} start
 */
function declarationAt(lines, start) {
  let text = '';
  for (let i = start; i < lines.length && i < start + 12; i += 1) {
    const line = lines[i].replace(/\s*\/\/.*$/, '').trim();
    text += (text === '' ? '' : ' ') + line;
    if (/^(export )?(declare )?(template <[^>]*> )?(class|interface|struct|enum|type \w+ = \{)/.test(text))
      return text.replace(/( =)?\s*\{.*$/, '');
    // Leave out a function's body.
    if (/\)( const| noexcept)* \{/.test(text)) return text.replace(/(\)( const| noexcept)*) \{.*$/, '$1');
    if (openBrackets(text) <= 0 && /[;{,}]$/.test(line)) break;
  }
  return text.replace(/\s*\{[^{}]*$/, '').replace(/[;,]$/, '');
}

/**
 * Returns the lines of a JSDoc comment without their stars.
 *
 * @param {string} comment
 */
const linesOf = (comment) =>
  comment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .replace(/ (?=@(type|param|returns|throws)\b)/g, '\n')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .filter((line) => line !== '' && !/^@(typedef|property|template|type)\b/.test(line));

/** Collects entries. A class or type comes before its members even if it has no comment. */
class Entries {
  constructor() {
    /** @type {Entry[]} */
    this.all = [];
    this.holder = '';
  }

  /**
   * @param {string} line of code
   * @param {string} declaration that begins there
   */
  enter(line, declaration) {
    if (line.startsWith('}')) this.holder = '';
    if (/^(export )?(declare )?((class|interface|struct|enum) |type \w+ = \{)/.test(line))
      this.holder = declaration;
  }

  /**
   * @param {string} line where the declaration begins
   * @param {string} declaration
   * @param {string[]} doc
   */
  add(line, declaration, doc) {
    const member = /^\s/.test(line);
    if (member && !this.all.some((entry) => !entry.member && entry.declaration === this.holder))
      this.all.push({ declaration: this.holder, doc: [], member: false });
    this.all.push({ declaration, doc, member });
  }
}

/** @param {Entry[]} entries */
function withoutInternal(entries) {
  let internal = false;
  return entries.filter(({ declaration, member }) => {
    if (!member) internal = INTERNAL.test(declaration);
    return !internal;
  });
}

/**
 * @param {[file: string, name: string, about: string]} row of PACKAGE
 * @returns {Chapter}
 */
function readTypes([file, name, about]) {
  const lines = readFileSync(join(root, 'dist', 'types', `${file}.d.ts`), 'utf8').split('\n');
  const entries = new Entries();
  for (let i = 0; i < lines.length; i += 1) {
    entries.enter(lines[i], declarationAt(lines, i));
    // List every field of an object, documented or not.
    if (/^ {4}\w+\??: /.test(lines[i]) && /^(export )?(interface|type) /.test(entries.holder))
      entries.add(lines[i], declarationAt(lines, i), []);
    if (!lines[i].trim().startsWith('/**')) continue;
    let comment = lines[i];
    while (!lines[i].includes('*/')) comment += `\n${lines[(i += 1)]}`;
    const declaration = declarationAt(lines, i + 1);
    const doc = linesOf(comment);
    // A comment directly before another one belongs to a type that tsc has moved.
    if (lines[i + 1]?.trim().startsWith('/**')) continue;
    i += 1;
    entries.enter(lines[i] ?? '', declaration);
    if (declaration !== '' && !/^(private|#|\/\*)/.test(declaration) && docHtml(doc) !== '')
      entries.add(lines[i], declaration, doc);
  }
  return { id: file, name, about, entries: withoutInternal(entries.all) };
}

/** @param {string[]} doc */
function docHtml(doc) {
  const first = doc.findIndex((line) => line.startsWith('@'));
  const [text, tags] = first < 0 ? [doc, []] : [doc.slice(0, first), doc.slice(first)];
  // A tag's text may continue on the next line.
  const joined = tags.reduce((/** @type {string[]} */ all, line) => {
    if (line.startsWith('@')) return [...all, line];
    const last = all[all.length - 1];
    return [...all.slice(0, -1), last.startsWith('@example') ? `${last}\n${line}` : `${last} ${line.trim()}`];
  }, []);
  const [examples, others] = [true, false].map((wanted) =>
    joined.filter((tag) => tag.startsWith('@example') === wanted),
  );
  const items = others
    .map((tag) => tag.replace(/^(@param|@returns) \{[^{}]*(\{[^{}]*\}[^{}]*)*\}\s*/, '$1 '))
    .map((tag) => tag.replace(/^@throws \{(?:import\('[^']*'\)\.)?([^{}]*)\}/, '@throws `$1`:'))
    .map((tag) => tag.replace(/^@param (\[?[\w.]+\]?)/, '`$1`').replace(/^@/, ''))
    // Drop tags that only repeat the declaration's types.
    .filter((tag) => /\s\S/.test(tag))
    .map((tag) => `<li>${prose(tag)}</li>`);
  const code = examples.map((tag) => `<pre><code>${escaped(tag.replace(/^@example\s*/, ''))}</code></pre>`);
  const paragraph = text.length > 0 ? `<p>${prose(text.map((line) => line.trim()).join(' '))}</p>` : '';
  return `${paragraph}${items.length > 0 ? `<ul>${items.join('')}</ul>` : ''}${code.join('')}`;
}

/**
 * Drops the keywords that every line has.
 *
 * @param {string} declaration
 */
const plain = (declaration) =>
  declaration
    .replace(/^(export )?(declare )?/, '')
    .replace(/import\('[^']*'\)\./g, '')
    .replace(/\/\*\*.*?\*\/ /g, '');

/** @param {Entry} entry */
const entryHtml = ({ declaration, doc, member }) => {
  const code = `<code>${escaped(plain(declaration))}</code>`;
  return member ? `<dt>${code}</dt><dd>${docHtml(doc)}</dd>` : `<h3>${code}</h3>${docHtml(doc)}`;
};

/**
 * Joins entries; consecutive members form one list.
 *
 * @param {Entry[]} entries
 */
const entriesHtml = (entries) =>
  entries
    .map((entry, i) => {
      const begins = entry.member && !entries[i - 1]?.member;
      const ends = entry.member && !entries[i + 1]?.member;
      return `${begins ? '<dl>' : ''}${entryHtml(entry)}${ends ? '</dl>' : ''}`;
    })
    .join('');

/** @param {Chapter} chapter */
const chapterHtml = ({ id, name, about, entries }) =>
  `<section id="${id}"><h2>${escaped(name)}</h2>${about === '' ? '' : `<p>${prose(about)}</p>`}${entriesHtml(entries)}</section>`;

/** @returns {string} HTML: the contents, then one section a file */
export function apiReference() {
  const chapters = PACKAGE.map(readTypes).filter(({ entries }) => entries.length > 0);
  const links = chapters.map(({ id, name }) => `<li><a href="#${id}">${escaped(name)}</a></li>`);
  return [`<nav aria-label="Contents"><ul>${links.join('')}</ul></nav>`, ...chapters.map(chapterHtml)].join(
    '\n',
  );
}

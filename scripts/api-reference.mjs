/**
 * The API reference as HTML: every documented declaration of the package's types (made by tsc from the JSDoc) and of the
 * core's headers, in the order of their files. A declaration without a comment is left out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files.mjs';
import { root } from './steps.mjs';

/** @typedef {{ declaration: string, doc: string[], member: boolean }} Entry `member` of the last entry that is none */
/** @typedef {{ id: string, name: string, about: string, entries: Entry[] }} Chapter */

/** What of the package its users import, in the order of its importance. @type {[file: string, name: string, about: string][]} */
const PACKAGE = [
  ['lab', 'The lab', "`import { loadLab } from 'init-lab'`"],
  ['load', 'Loading', 'The options of `loadLab(options)`.'],
  ['butterfly', 'The butterfly', "`import { butterfly } from 'init-lab'`"],
  ['types', 'Types', "`import type { Spec, Result } from 'init-lab'`"],
  ['pool', 'The pool', "`import { createPool } from 'init-lab/pool'`"],
  ['pictures', 'Pictures', "`import { readPictures } from 'init-lab/pictures'`"],
];

/** Declared there for the package's own files. */
const INTERNAL = /^export (declare )?(function|type) (loadModule|nextUp|Member)\b/;

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
    if (/^(export )?(declare )?(template <[^>]*> )?(class|interface|struct|enum|type \w+ = \{)/.test(text))
      return text.replace(/( =)?\s*\{.*$/, '');
    // A function's body is no part of its declaration.
    if (/\)( const| noexcept)* \{/.test(text)) return text.replace(/(\)( const| noexcept)*) \{.*$/, '$1');
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
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .filter((line) => line !== '' && !/^@(typedef|property|template|type)\b/.test(line));

/** Entries as they are found; what holds members comes before them, commented or not. */
class Entries {
  constructor() {
    /** @type {Entry[]} */
    this.all = [];
    this.holder = '';
  }

  /** @param {string} line of code @param {string} declaration that begins there */
  enter(line, declaration) {
    if (line.startsWith('}')) this.holder = '';
    if (/^(export )?(declare )?((class|interface|struct|enum) |type \w+ = \{)/.test(line))
      this.holder = declaration;
  }

  /** @param {string} line where the declaration begins @param {string} declaration @param {string[]} doc */
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

/** @param {[file: string, name: string, about: string]} row of PACKAGE @returns {Chapter} */
function readTypes([file, name, about]) {
  const lines = readFileSync(join(root, 'dist', 'types', `${file}.d.ts`), 'utf8').split('\n');
  const entries = new Entries();
  for (let i = 0; i < lines.length; i += 1) {
    entries.enter(lines[i], declarationAt(lines, i));
    // The fields of an object are all told, though some need no words.
    if (/^ {4}\w+\??: /.test(lines[i]) && /^(export )?(interface|type) /.test(entries.holder))
      entries.add(lines[i], declarationAt(lines, i), []);
    if (!lines[i].trim().startsWith('/**')) continue;
    let comment = lines[i];
    while (!lines[i].includes('*/')) comment += `\n${lines[(i += 1)]}`;
    const declaration = declarationAt(lines, i + 1);
    const doc = linesOf(comment);
    // A comment that another one follows is that of a type that tsc has moved.
    if (lines[i + 1]?.trim().startsWith('/**')) continue;
    i += 1;
    entries.enter(lines[i] ?? '', declaration);
    if (declaration !== '' && !/^(private|#|\/\*)/.test(declaration) && docHtml(doc) !== '')
      entries.add(lines[i], declaration, doc);
  }
  return { id: file, name, about, entries: withoutInternal(entries.all) };
}

/** @param {string} file @returns {Chapter} */
function readHeader(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const about = lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ');
  const entries = new Entries();
  for (let i = end; i < lines.length; i += 1) {
    entries.enter(lines[i], declarationAt(lines, i));
    if (/^\s*private:/.test(lines[i])) while (!lines[i].startsWith('};')) i += 1;
    const [, trailing] = /\S\s*\/\/\/<\s*(.*)$/.exec(lines[i]) ?? [];
    if (trailing !== undefined) {
      const [line, declaration, doc] = [lines[i], declarationAt(lines, i), [trailing]];
      for (; /^\s*\/\/\/</.test(lines[i + 1]); i += 1) doc.push(lines[i + 1].replace(/^\s*\/\/\/<\s*/, ''));
      entries.add(line, declaration, doc);
    }
    if (!/^\s*\/\/\/(?!<)/.test(lines[i])) continue;
    const doc = [];
    for (; /^\s*\/\/\/(?!<)/.test(lines[i]); i += 1) doc.push(lines[i].replace(/^\s*\/\/\/ ?/, ''));
    const declaration = declarationAt(lines, i);
    entries.enter(lines[i], declaration);
    entries.add(lines[i], declaration, doc);
  }
  const name = file.replace(/^src\/core\//, '');
  return { id: name.replace('.', '-'), name, about, entries: entries.all };
}

/** @param {string[]} doc */
function docHtml(doc) {
  const first = doc.findIndex((line) => line.startsWith('@'));
  const [text, tags] = first < 0 ? [doc, []] : [doc.slice(0, first), doc.slice(first)];
  // A tag's text may go on in the next line.
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
    // What only repeats the declaration's types says nothing.
    .filter((tag) => /\s\S/.test(tag))
    .map((tag) => `<li>${prose(tag)}</li>`);
  const code = examples.map((tag) => `<pre><code>${escaped(tag.replace(/^@example\s*/, ''))}</code></pre>`);
  const paragraph = text.length > 0 ? `<p>${prose(text.map((line) => line.trim()).join(' '))}</p>` : '';
  return `${paragraph}${items.length > 0 ? `<ul>${items.join('')}</ul>` : ''}${code.join('')}`;
}

/** Without what is the same in every line. @param {string} declaration */
const plain = (declaration) =>
  declaration.replace(/^(export )?(declare )?(\[\[nodiscard\]\] )?/, '').replace(/import\('[^']*'\)\./g, '');

/** @param {Entry} entry */
const entryHtml = ({ declaration, doc, member }) => {
  const code = `<code>${escaped(plain(declaration))}</code>`;
  return member ? `<dt>${code}</dt><dd>${docHtml(doc)}</dd>` : `<h3>${code}</h3>${docHtml(doc)}`;
};

/** Members that follow each other are one list. @param {Entry[]} entries */
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

/** @param {string} name @param {Chapter[]} chapters */
const contentsHtml = (name, chapters) =>
  `<li>${name}<ul>${chapters.map((chapter) => `<li><a href="#${chapter.id}">${escaped(chapter.name)}</a></li>`).join('')}</ul></li>`;

/** @returns {string} HTML: the contents, then one section a file */
export function apiReference() {
  const headers = filesUnder('src/core').filter((file) => file.endsWith('.hpp'));
  const [code, core] = [PACKAGE.map(readTypes), headers.map(readHeader)].map((chapters) =>
    chapters.filter(({ entries }) => entries.length > 0),
  );
  const contents = [contentsHtml('The package', code), contentsHtml('The C++ core', core)];
  return [
    `<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>`,
    ...[...code, ...core].map(chapterHtml),
  ].join('\n');
}

// Property tests of the numbers that pages show: what is no number never looks like one, and what
// is one keeps its value up to rounding, in every language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as format from '../../../web/texts/format.js';
import { languages } from '../../../web/texts/index.js';
import { language } from '../../../web/texts/language.js';
import { settings } from './settings.js';

/** Every function that formats one number, by its name. */
const formats = /** @type {[string, (value: number) => string][]} */ (
  Object.entries(format)
    .filter(([name]) => !['readNumber', 'range'].includes(name))
    .map(([name, write]) => [name, name === 'power' ? (value) => format.power(value, 3) : write])
);

test('shows what is no number without a digit', () => {
  for (const tag of Object.keys(languages)) {
    language.tag = tag;
    for (const value of [NaN, Infinity, -Infinity])
      for (const [name, write] of formats) {
        const text = write(value);
        assert.doesNotMatch(text, /[\d⁰¹²³⁴⁵⁶⁷⁸⁹]|undefined/, `${tag}: ${name}(${value}) is "${text}"`);
        assert.notEqual(text.trim(), '', `${tag}: ${name}(${value})`);
      }
  }
});

const SUPERSCRIPTS = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];

/**
 * Reads a number as a person does.
 *
 * @param {string} text
 */
function read(text) {
  const plain = text
    .replace(language.tag === 'de' ? /\./g : /,/g, '')
    .replace(',', '.')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => `^${SUPERSCRIPTS.indexOf(digit)}`)
    .replace('⁻', '-')
    .replace('−', '-');
  const [, sign, mantissa, exponent] = /^(-?)(?:(.*)·)?10(-?\^.*)$/.exec(plain) ?? [];
  return exponent === undefined
    ? Number(plain)
    : Number(`${sign}${mantissa ?? 1}e${exponent.replaceAll('^', '')}`);
}

test('shows a number so that it reads as that number, up to the digits shown', () => {
  const value = fc.oneof(
    fc.double({ min: -1e300, max: 1e300, noNaN: true }),
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
    fc.integer({ min: -10_000_000, max: 10_000_000 }),
  );
  fc.assert(
    fc.property(value, fc.constantFrom(...Object.keys(languages)), (number, tag) => {
      language.tag = tag;
      const near = (/** @type {string} */ text, /** @type {number} */ error) =>
        assert.ok(Math.abs(read(text) - number) <= error, `${tag}: ${number} is shown as "${text}"`);
      const size = Math.abs(number);
      near(format.compact(number), 0.051 * size);
      near(format.power(number, 3), 0.0051 * size);
      near(format.cost(number), size < 1e4 && size >= 0.0005 ? 0.00005001 : 0.051 * size);
      if (size < 1e12) near(format.decimal(number), 0.0005001 + 1e-12 * size);
      if (size < 1e12) near(format.coordinate(number), 0.005001 + 1e-12 * size);
      if (size < 1e12) near(format.whole(number), 0.5001);
      // A negative zero is shown as 0.
      assert.equal(format.readNumber(format.numberText(number)) + 0, number + 0);
    }),
    settings,
  );
});

// Formats numbers for readers: a constant width while they change, and no more digits than are
// meaningful.

import { language } from './language.js';

const MINUS = '−';

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {Intl.NumberFormatOptions} options */
function number(options) {
  const key = language.tag + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) formats.set(key, (format = new Intl.NumberFormat(language.tag, options)));
  return format;
}

/**
 * 0.9075 → "90.8 %"
 *
 * @param {number} share
 * @param {number} [digits] after the point
 */
export const percent = (share, digits = 1) =>
  Number.isFinite(share)
    ? `${number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(100 * share)} %`
    : '–';

/** 0.931 → "0.931", as for R² @param {number} value */
export const decimal = (value) =>
  Number.isFinite(value)
    ? number({ minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value).replace('-', MINUS)
    : '–';

/** 0.83 → "83 %" @param {number} share */
export const wholePercent = (share) => percent(share, 0);

/** 4312 → "4,312" @param {number} value */
export const whole = (value) => number({ maximumFractionDigits: 0 }).format(value);

/**
 * Formats a cost: four decimals, or a power of ten if that would hide it; words for infinite and
 * NaN.
 * @param {number} value
 * @param {number} [decimals]
 */
export function cost(value, decimals = 4) {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value !== 0 && Math.abs(value) < 0.0005) return power(value, decimals - 2);
  if (Math.abs(value) >= 1e4) return power(value, decimals - 2);
  return number({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** Formats a number with about three digits: 0.01, 1.2, 1e−6. @param {number} value */
export function compact(value) {
  if (!Number.isFinite(value)) return cost(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return power(value, 2);
  return number({ maximumSignificantDigits: 4, useGrouping: size >= 1000 })
    .format(value + 0)
    .replace('-', MINUS);
}

/**
 * Formats a range from the least to the greatest value.
 * @param {number} low
 * @param {number} high
 */
export const range = (low, high) => `${compact(low)} … ${compact(high)}`;

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * 0.00012 → "1.2·10⁻⁴"
 *
 * @param {number} value
 * @param {number} digits
 * @returns {string}
 */
export function power(value, digits) {
  if (!Number.isFinite(value)) return cost(value);
  // Round before taking the exponent: 9.96·10⁻⁴ is 10⁻³ to two digits.
  const [mantissa, exponent] = value
    .toExponential(digits - 1)
    .split('e')
    .map(Number);
  const raised = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('');
  const head = number({ maximumSignificantDigits: digits }).format(mantissa).replace('-', MINUS);
  const tail = `10${exponent < 0 ? '⁻' : ''}${raised}`;
  return head === '1' ? tail : `${head}·${tail}`;
}

/**
 * Formats a coordinate, or the probability at a point.
 *
 * @param {number} value
 * @param {number} [digits] after the point
 */
export const coordinate = (value, digits = 2) =>
  number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value).replace('-', MINUS);

/** 83 → "1 min 23 s" @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return '< 1 s';
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
}

/** The decimal separator of the page's language. */
const separator = () => number({}).format(0.5)[1];

/**
 * Writes a number as a reader types it, with all its digits: 3000, 0.01, 1e-8.
 * @param {number} value
 */
export const numberText = (value) => String(value).replace('.', separator());

/** Writes a number for a narrow axis: .01 @param {number} value */
export const tickText = (value) => numberText(value).replace(/^0(?=\D)/, '');

/**
 * Reads what a reader typed; NaN if it is not a number. A comma and a point are both decimal
 * separators, in every language; in a whole number they may also group the digits in threes.
 * @param {string} text
 * @param {boolean} [integer]
 */
export function readNumber(text, integer = false) {
  const plain = text.replace(/\s/g, '').replace(MINUS, '-');
  if (integer && /^-?\d{1,3}([.,]\d{3})+$/.test(plain)) return Number(plain.replace(/[.,]/g, ''));
  return /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain.replace(',', '.')) : NaN;
}

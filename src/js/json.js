/**
 * JSON with infinities: JSON has no number for Infinity, -Infinity and NaN, so files hold the
 * strings "Infinity", "-Infinity" and "NaN" instead.
 */

/**
 * Returns JSON text. Typed arrays become lists.
 *
 * @param {unknown} value
 * @param {number} [indent]
 * @returns {string}
 */
export function jsonText(value, indent) {
  const replace = (/** @type {string} */ _, /** @type {unknown} */ item) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
    return ArrayBuffer.isView(item) ? Array.from(/** @type {Float64Array} */ (item)) : item;
  };
  return JSON.stringify(value, replace, indent);
}

/**
 * Turns the strings that jsonText writes for numbers back into numbers; returns any other value
 * unchanged.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
export const numberFromJson = (value) =>
  value === 'Infinity' || value === '-Infinity' || value === 'NaN' ? Number(value) : value;

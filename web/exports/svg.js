// Markup of SVG files.

/**
 * Writes an SVG element.
 * @param {string} name
 * @param {Record<string, string | number>} attributes numbers are rounded to tenths
 * @param {string} [content] markup
 */
export function element(name, attributes, content = '') {
  const text = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? Number(value.toFixed(1)) : value}"`)
    .join('');
  return content === '' ? `<${name}${text} />` : `<${name}${text}>${content}</${name}>`;
}

/** @param {string} text */
export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

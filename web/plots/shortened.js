// Shortens names for the room beside a chart's lines.

/**
 * Removes characters from the middle of a name, because names often differ at their end.
 * @param {string} text
 * @param {(text: string) => boolean} fits
 */
function cut(text, fits) {
  if (fits(text)) return text;
  const kept = (/** @type {number} */ count) =>
    `${text.slice(0, Math.ceil(count / 2)).trim()}…${text.slice(-Math.floor(count / 2)).trim()}`;
  let count = text.length - 1;
  while (count > 2 && !fits(kept(count))) count -= 1;
  return kept(count);
}

/**
 * Shortens names to the available room. Names that would become equal start with the first word
 * that distinguishes them.
 * @param {string[]} texts all different
 * @param {(text: string) => boolean} fits
 */
export function shortened(texts, fits) {
  const short = texts.map((text) => cut(text, fits));
  return texts.map((text, i) => {
    const twins = texts.filter((other, j) => short[j] === short[i] && other !== text);
    if (twins.length === 0) return short[i];
    let same = 0;
    while (same < text.length && twins.some((twin) => twin.startsWith(text.slice(0, same + 1)))) same += 1;
    const word = text.lastIndexOf(' ', same - 1) + 1;
    return cut(`…${text.slice(Math.max(word, same - 4))}`, fits);
  });
}

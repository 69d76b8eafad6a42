// Limits of the files that a page reads.

/**
 * Returns the error of a file that is too large, or undefined.
 *
 * @param {File} file
 * @param {number} most bytes
 * @returns {import('../../src/js/error-sentences.js').ErrorData | undefined}
 */
export const fileSizeError = ({ size }, most) =>
  size > most
    ? {
        code: 'file-too-large',
        value: Math.ceil(size / 1e6),
        expected: { kind: 'memory', high: most / 1e6 },
      }
    : undefined;

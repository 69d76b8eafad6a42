// Whether this browser can run the lab. A browser that cannot gets a sentence instead of a blank
// page.

/** Everything that the lab cannot do without. */
export const supported =
  typeof WebAssembly === 'object' &&
  typeof Worker === 'function' &&
  typeof IntersectionObserver === 'function' &&
  typeof ResizeObserver === 'function' &&
  'adoptedStyleSheets' in Document.prototype &&
  'toSpliced' in Array.prototype &&
  document.createElement('canvas').getContext('2d') !== null;

// Whether this browser can run the lab. In other browsers the page shows a message.

/** All features that the lab needs. */
export const supported =
  typeof WebAssembly === 'object' &&
  typeof Worker === 'function' &&
  typeof IntersectionObserver === 'function' &&
  typeof ResizeObserver === 'function' &&
  'adoptedStyleSheets' in Document.prototype &&
  'toSpliced' in Array.prototype &&
  document.createElement('canvas').getContext('2d') !== null;

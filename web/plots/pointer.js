// Lets uPlot read the pointer inside `transform: scale()` and `zoom`, which slides use. uPlot
// compares the pointer, in pixels of the window, with sizes in CSS pixels of the plot.

/**
 * Returns a listener that converts an event to the plot's own pixels for uPlot.
 * @param {import('uplot')} plot
 * @param {HTMLElement} _target
 * @param {(event: MouseEvent) => null} handler of uPlot
 * @returns {(event: MouseEvent) => null}
 */
const unscaled = (plot, _target, handler) => (event) => {
  const { left, top, width, height } = plot.over.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = plot.over;
  if (width === 0 || height === 0 || Math.abs(width - offsetWidth) < 1) return handler(event);
  const clientX = left + ((event.clientX - left) * offsetWidth) / width;
  const clientY = top + ((event.clientY - top) * offsetHeight) / height;
  const { type, button, buttons, movementX, movementY } = event;
  return handler(new MouseEvent(type, { clientX, clientY, button, buttons, movementX, movementY }));
};

/** For `cursor.bind` of a plot. */
export const unscaledPointer = { mousemove: unscaled, mousedown: unscaled, mouseup: unscaled };

/**
 * Reports an element's width in CSS pixels, now and after each change.
 *
 * @param {Element} element
 * @param {(width: number) => void} onWidth
 * @returns {() => void} ends the reports
 */
export function watchWidth(element, onWidth) {
  const observer = new ResizeObserver(([{ contentRect }]) => onWidth(contentRect.width));
  observer.observe(element);
  return () => observer.disconnect();
}

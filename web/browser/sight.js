// Detects whether an element is visible: enough of it is in the window, and nothing hides it.

/** The share of the element, or of the window, that must be visible. */
const VISIBLE_SHARE = 0.35;

/** Milliseconds between two checks whether an element's visibility has changed by a style. */
const CHECK_EVERY = 200;

/**
 * Calls back when an element becomes visible or hidden, and once for its first state. An
 * IntersectionObserver is not enough: it counts an element on a slide or tab with `visibility:
 * hidden` as intersecting, and changes of style cause no event.
 * @param {Element} element
 * @param {(seen: boolean) => void} onChange
 * @returns {() => void} stops watching
 */
export function watchSight(element, onChange) {
  /** @type {boolean | null} */
  let last = null;
  let inWindow = false;
  let timer = 0;
  const look = () => {
    const seen =
      inWindow && element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false;
    if (seen === last) return;
    last = seen;
    onChange(seen);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const { intersectionRatio, intersectionRect, rootBounds } = entries[entries.length - 1];
      // An element taller than the window never shows more than a part of itself. (A frame does not
      // know the window's height.)
      const window_ = rootBounds?.height ?? window.screen.height;
      inWindow = intersectionRatio >= VISIBLE_SHARE || intersectionRect.height >= VISIBLE_SHARE * window_;
      clearInterval(timer);
      if (inWindow) timer = window.setInterval(look, CHECK_EVERY);
      look();
    },
    { threshold: Array.from({ length: 21 }, (_, i) => i / 20) },
  );
  observer.observe(element);
  return () => {
    observer.disconnect();
    clearInterval(timer);
  };
}

// Whether a person can see an element: enough of it lies in the window, and nothing hides it.

/** The share of an element, or of the window, that must be filled. */
const enough = 0.35;

/**
 * How often a hidden element is asked whether it is shown now, and a shown one whether it is
 * hidden, in milliseconds.
 */
const glance = 200;

/**
 * Tells when an element comes into sight and when it leaves it, beginning with what holds at first.
 *
 * The observer of intersections alone would not do: to it, an element on a slide or a tab that is
 * hidden by `visibility` is in the window, and no event tells of a change of style.
 * @param {Element} element
 * @param {(seen: boolean) => void} tell
 * @returns {() => void} that ends the watch
 */
export function watchSight(element, tell) {
  /** @type {boolean | null} */
  let told = null;
  let inWindow = false;
  let timer = 0;
  const look = () => {
    const seen =
      inWindow && element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false;
    if (seen === told) return;
    told = seen;
    tell(seen);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const { intersectionRatio, intersectionRect, rootBounds } = entries[entries.length - 1];
      // An element taller than the window never shows more than a part of itself. (A frame is not
      // told the window's size.)
      const window_ = rootBounds?.height ?? window.screen.height;
      inWindow = intersectionRatio >= enough || intersectionRect.height >= enough * window_;
      clearInterval(timer);
      if (inWindow) timer = window.setInterval(look, glance);
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

// A line chart in a story's figure, which follows the figure's size and theme.

import { LinesChart } from '../plots/lines.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';

/**
 * Creates a chart in the figure's `.plot` and draws it again when its size or the theme changes,
 * until the figure leaves the page.
 * @param {import('./story-element.js').StoryElement & { draw: () => void }} figure
 * @returns {LinesChart}
 */
export function createChart(figure) {
  const host = /** @type {HTMLElement} */ (figure.renderRoot.querySelector('.plot'));
  const chart = new LinesChart(host, coloursOf(figure), { onHover() {}, onPick() {} });
  const observer = new ResizeObserver(([{ contentRect }]) => {
    chart.resize(Math.floor(contentRect.width), Math.floor(contentRect.height));
    figure.draw();
  });
  observer.observe(host);
  figure.cleanups.push(
    () => observer.disconnect(),
    () => chart.destroy(),
    onThemeChange(() => {
      chart.setColours(coloursOf(figure));
      figure.draw();
    }),
  );
  return chart;
}

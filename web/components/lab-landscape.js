// The landscape of the cost: a map for each run around its own path, one shared map, and below each
// map the curvature's consequences for the steps.

import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { paintLandscape } from '../plots/landscape.js';
import { glyph } from '../plots/marks.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { layerName, t } from '../texts/index.js';
import { compact, wholePercent } from '../texts/format.js';
import '../texts/later.js';
import { sharedPair } from '../state/landscape-pair.js';
import { LabElement, define, shared } from './element.js';
import '../templates/lab-ask.js';

/** @typedef {import('../race/types.js').Landscape} Landscape */
/** @typedef {import('../../src/js/types.js').Curvature} Curvature */

/** Milliseconds between two maps while the race moves; a map takes the worker up to 60. */
const EVERY = 600;

export class LabLandscape extends LabElement {
  static follows = ['change'];
  static styles = [
    shared,
    css`
      h2 {
        min-height: 2.25rem;
        margin-top: 0.25rem;
      }
      .maps {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
        gap: 0.75rem 1.25rem;
        margin-top: 0.5rem;
      }
      /* The maps of one row begin at one height, below the longest name. */
      figure {
        display: grid;
        grid-row: span 3;
        grid-template-rows: subgrid;
        row-gap: 0;
      }
      figcaption {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.75rem;
        line-height: 1.2;
        font-size: var(--small);
        font-weight: 600;
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        background: var(--raised);
      }
      p {
        margin-top: 0.25rem;
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.35;
      }
      p b {
        color: var(--ink);
        font-weight: 400;
      }
    `,
  ];

  constructor() {
    super();
    /** The maps by the runs' ids, the shared one under ''. @type {Map<string, Landscape>} */
    this.maps = new Map();
    /** @type {Map<string, Curvature>} */
    this.curvatures = new Map();
    /**
     * The map that each canvas shows, because painting one takes some milliseconds.
     * @type {WeakMap<HTMLCanvasElement, Landscape>}
     */
    this.painted = new WeakMap();
    /** Index of the run that is mapped next. */
    this.turn = 0;
    this.busy = false;
    this.seen = false;
    this.dueAt = 0;
    /**
     * The race's position when each map was made, by run id, so that a paused race is mapped once.
     * @type {Map<string, string>}
     */
    this.made = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.model, 'frame', () => this.measure());
    // Maps cost worker time, so make them only while they are visible.
    const observer = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        this.seen = isIntersecting;
        if (isIntersecting) this.measure();
      },
      { rootMargin: '100px' },
    );
    observer.observe(this);
    this.cleanups.push(() => observer.disconnect());
    this.cleanups.push(
      onThemeChange(() => {
        this.painted = new WeakMap();
        this.requestUpdate();
      }),
    );
  }

  /** Asks for one map at a time, so that the training continues in between. */
  async measure() {
    const { frame } = this.model.race;
    if (this.busy || !this.seen || frame === null || !this.isConnected) return;
    // A race at rest sends no further frame, so its last one is never too early.
    if (frame.playing && performance.now() < this.dueAt) return;
    const ids = [...this.state.runs.map(({ id }) => id).filter((id) => this.model.race.latest.has(id)), ''];
    const state = `${frame.position} ${frame.catchingUp}`;
    const next = ids
      .map((_, i) => ids[(this.turn + i) % ids.length])
      .find((id) => this.made.get(id) !== state);
    if (next === undefined || frame.catchingUp) return;
    this.turn = (ids.indexOf(next) + 1) % ids.length;
    this.busy = true;
    try {
      if (next === '') {
        const pair = sharedPair(this.model);
        if (pair === null) this.maps.delete('');
        else this.maps.set('', await this.model.race.sharedLandscape(pair));
      } else {
        const { landscape, curvature } = await this.model.race.landscape(next);
        this.maps.set(next, landscape);
        this.curvatures.set(next, curvature);
      }
      this.made.set(next, state);
    } catch {
      // The run was removed or cannot be measured, so drop its map.
      this.maps.delete(next);
      this.made.set(next, state);
    }
    this.busy = false;
    this.dueAt = performance.now() + EVERY / ids.length;
    this.requestUpdate();
    if (!this.model.race.frame?.playing) queueMicrotask(() => this.measure());
  }

  updated() {
    for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (
      this.renderRoot.querySelectorAll('canvas')
    )) {
      const map = this.maps.get(canvas.dataset.run ?? '');
      const ratio = Math.min(devicePixelRatio, 2);
      const side = Math.round(canvas.clientWidth * ratio);
      if (map === undefined || side === 0) continue;
      if (this.painted.get(canvas) === map && canvas.width === side) continue;
      this.painted.set(canvas, map);
      if (canvas.width !== side) [canvas.width, canvas.height] = [side, side];
      const paths = map.paths
        .filter(({ id }) => this.state.runs.some((run) => run.id === id))
        .map(({ id, places }) => ({ places, slot: this.model.slotOf(id) }));
      paintLandscape(canvas, coloursOf(this), { ...map, paths }, ratio);
    }
  }

  render() {
    const runs = this.state.runs.filter(({ id }) => this.maps.has(id));
    return html`<section aria-labelledby="landscape">
      <h2 id="landscape">
        <lab-ask .inField=${true} .text=${t('landscape.help')}>${t('landscape.title')}</lab-ask>
      </h2>
      <p>${t('landscape.help')}</p>
      <div class="maps">
        ${this.maps.has('') ? this.shared() : ''}
        ${repeat(
          runs,
          ({ id }) => id,
          (run) => this.own(run),
        )}
      </div>
    </section>`;
  }

  shared() {
    return html`<figure>
      <figcaption>${t('landscape.shared')}</figcaption>
      <canvas data-run="" role="img" aria-label=${t('landscape.shared.summary')}></canvas>
      <div>
        <p>${t('landscape.shared.summary')}</p>
        ${this.maps.get('')?.zero ? html`<p>${t('landscape.shared.zero')}</p>` : ''}
      </div>
    </figure>`;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  own(run) {
    const name = this.model.nameOf(run);
    const { share } = /** @type {Landscape} */ (this.maps.get(run.id));
    const held =
      Number.isFinite(share) && share > 0
        ? t('landscape.share', { share: wholePercent(share) })
        : t('landscape.still');
    return html`<figure>
      <figcaption>${glyph(this.model.slotOf(run.id))} ${name}</figcaption>
      <canvas data-run=${run.id} role="img" aria-label="${t('landscape.summary', { name })} ${held}"></canvas>
      <div>
        <p>${held}</p>
        ${this.steps(run.id)} ${this.moved(run.id)}
      </div>
    </figure>`;
  }

  /** The text about the curvature and the steps. @param {string} id */
  steps(id) {
    const curvature = this.curvatures.get(id);
    if (curvature === undefined || !Number.isFinite(curvature.step)) return '';
    const { step, escape, least } = curvature;
    return html`<p>
        <b>lr · λ<sub>max</sub> = ${compact(Number(step.toPrecision(2)))}</b>
        ${t(step > 2 ? 'landscape.overshoot' : 'landscape.calm')}
      </p>
      ${
        least < 0 && Number.isFinite(escape) && escape < 1e7
          ? html`<p>
              ${t(this.waits(id) ? 'landscape.escape' : 'landscape.falls', { iterations: compact(Number(escape.toPrecision(2))) })}
            </p>`
          : ''
      }`;
  }

  /** Whether a run is on the plateau around a saddle. @param {string} id */
  waits(id) {
    return this.model.race.latest.get(id)?.state?.kind === 'plateau';
  }

  /** The text about how far the weights have moved, layer by layer. @param {string} id */
  moved(id) {
    const layers = this.model.race.latest.get(id)?.diagnostics?.layers ?? [];
    const words = layers.flatMap(({ distance }, l) =>
      Number.isFinite(distance)
        ? [t('landscape.layer', { layer: layerName(l, layers.length), share: wholePercent(distance) })]
        : [],
    );
    return words.length === 0 ? '' : html`<p>${t('landscape.moved', { layers: words.join('; ') })}</p>`;
  }
}

define('lab-landscape', LabLandscape);

// The answer to the page's question in one line: the outcome of each run, with a link to the
// reason.

import { css, html, nothing } from 'lit';
import { t } from '../texts/index.js';
import { compact, wholePercent } from '../texts/format.js';
import { scoreText, sentenceOf, unbroken } from '../texts/words.js';
import { LabElement, define, shared } from './element.js';

/** @typedef {import('../race/types.js').RunState} RunState */

/**
 * The verdict on each state, and the step of the page "Why" that explains it.
 * @type {[RegExp, string, string][]}
 */
const VERDICTS = [
  [/^(healthy|thinned|saturatedYet|line)$/, 'learned', 'start'],
  [/^overfits$/, 'overfits', 'start'],
  [/^learning$/, 'learning', 'start'],
  [/^zero$/, 'zero', 'symmetry'],
  [/^(symmetric|symmetricLayer|duplicates)$/, 'symmetric', 'symmetry'],
  [/^(plateau|slow|faint)$/, 'plateau', 'later'],
  [/^(dead|deadLayer|stuckDead)$/, 'dead', 'lottery'],
  [/^(infinite\w*|nan\w*|diverged)$/, 'infinite', 'lottery'],
  [/^saturated$/, 'saturated', 'lottery'],
];

/** The most names in one verdict, so that it takes one or two lines. */
const MOST_NAMES = 4;

export class LabVerdict extends LabElement {
  static follows = ['change', 'frame'];
  static pace = 500;
  static styles = [
    shared,
    css`
      p {
        min-height: 1.35em;
        font-size: var(--section);
        line-height: 1.35;
        text-wrap: pretty;
      }
      a {
        color: inherit;
        font-weight: 600;
        text-decoration-color: var(--strong-line);
        text-underline-offset: 0.18em;
      }
      @media (max-width: 44rem) {
        p {
          min-height: 2.7em;
          font-size: var(--text);
        }
      }
    `,
  ];

  render() {
    if (this.model.prediction.hides) return html``;
    const verdicts = this.verdicts();
    if (verdicts.length === 0) return html`<p>${t('verdict.start')}</p>`;
    return html`<p>${verdicts.map((verdict) => html`${verdict} `)}</p>`;
  }

  /** One sentence for the runs of each kind; runs that learn come first. */
  verdicts() {
    const { runs } = this.state;
    const all = runs.flatMap((run) => {
      const frame = this.model.race.latest.get(run.id);
      return frame?.state && frame.state.kind !== 'start' ? [{ run, frame, state: frame.state }] : [];
    });
    return [...VERDICTS.map(([, kind]) => kind), 'other']
      .map((kind) => ({ kind, members: all.filter(({ state }) => kindOf(state) === kind) }))
      .filter(({ members }) => members.length > 0)
      .map(({ kind, members }) => this.sentence(kind, members));
  }

  /**
   * @param {string} kind
   * @param {{ run: import('../state/table.js').RunChoice, frame:
   *   import('../race/types.js').RunFrame, state: RunState }[]} members
   */
  sentence(kind, members) {
    const [{ state, frame }] = members;
    const anchor = VERDICTS.find(([, each]) => each === kind)?.[2];
    const names = members.slice(0, MOST_NAMES).map(({ run, frame: { metrics } }, i) => {
      const share =
        members.length > 1 || kind === 'learned' || kind === 'learning' ? metrics.trainAccuracy : NaN;
      const real = this.model.race.answers.get(run.id)?.kind === 'values';
      const name = html`<a href=${anchor ? `./why.html#${anchor}` : nothing}
        >${unbroken(this.model.nameOf(run))}</a
      >`;
      const separator = i === 0 ? '' : i === members.length - 1 ? ` ${t('verdict.and')} ` : ', ';
      return html`${separator}${name}${
        Number.isNaN(share) || !/learn/.test(kind)
          ? ''
          : ` (${real ? scoreText({ kind: 'values' }, share) : unbroken(wholePercent(share))})`
      }`;
    });
    const rest = members.length > MOST_NAMES ? ` +${members.length - MOST_NAMES}` : '';
    const number = members.length === 1 ? 'one' : 'more';
    const { dead, units } = state.values;
    const times = this.timesSmaller(frame);
    const text =
      kind === 'other'
        ? `{names}: ${sentenceOf(state).short}.`
        : kind === 'plateau' && members.length === 1 && times >= 2
          ? t('verdict.plateau.times', { times: compact(Number(times.toPrecision(1))) })
          : kind === 'dead' && members.length === 1 && dead > 0
            ? t('verdict.dead.count', { dead, units })
            : t(/** @type {any} */ (`verdict.${kind}.${number}`));
    const [before, after] = text.split('{names}');
    return html`${before}${names}${rest}${after}`;
  }

  /**
   * Returns how many times smaller a run's gradients are than the largest of any run.
   * @param {import('../race/types.js').RunFrame} frame
   */
  timesSmaller(frame) {
    const size = (/** @type {import('../race/types.js').RunFrame | undefined} */ each) =>
      Math.hypot(...(each?.diagnostics?.layers.map(({ gradientNorm }) => gradientNorm) ?? []));
    const others = this.state.runs
      .map(({ id }) => size(this.model.race.latest.get(id)))
      .filter(Number.isFinite);
    const own = size(frame);
    return own > 0 && others.length > 0 ? Math.max(...others) / own : NaN;
  }
}

/** @param {RunState} state */
const kindOf = ({ kind }) => VERDICTS.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other';

define('lab-verdict', LabVerdict);

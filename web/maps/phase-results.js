// The phase diagram's results: the outcomes of each cell's draws, and why a network did not learn.

import { COLUMNS, CRITICAL, DEPTHS, GAINS, SEEDS } from './phase-experiments.js';

/**
 * @typedef {{ cost: number, trainAccuracy: number }} Metrics
 * @typedef {{ first: Metrics, final: Metrics }} Outcome of one training: at iteration 0 and at the
 *   end
 * @typedef {'vanished' | 'exploded' | 'dead' | 'other' | 'learned'} Cause other:
 *   did not learn, of unknown cause
 * @typedef {{ outcomes: Outcome[], own: boolean }} Known `own`: whether the outcomes are the
 *   cell's, not a coarser neighbour's
 */

/** Counts a NaN cost as infinite. @param {number} cost */
const bounded = (cost) => (Number.isNaN(cost) ? Infinity : cost);

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + bounded(value), 0) / values.length;

export class PhaseResults {
  /** @param {number} finest 2 where only every second row and column is trained, else 1 */
  constructor(finest = 1) {
    this.finest = finest;
    /** The outcomes of each cell's draws, row by row. @type {Outcome[][]} */
    this.cells = DEPTHS.flatMap(() => GAINS.map(() => /** @type {Outcome[]} */ ([])));
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {number} draw
   * @param {Outcome} outcome
   */
  set(row, column, draw, outcome) {
    this.cells[row * COLUMNS + column][draw] = outcome;
  }

  /**
   * Returns the outcomes of a cell, or else of the nearest coarser cell that has some.
   *
   * @param {number} row
   * @param {number} column
   * @returns {Known | null}
   */
  at(row, column) {
    for (const step of [1, 2, 4, 8]) {
      // The loop skips cells that a smaller step has already looked up.
      const place = (row - (row % step)) * COLUMNS + column - (column % step);
      const outcomes = this.cells[place].filter((outcome) => outcome !== undefined);
      if (outcomes.length > 0) return { outcomes, own: step <= this.finest };
    }
    return null;
  }

  /**
   * The mean of a measure over the draws.
   *
   * @param {number} row
   * @param {number} column
   * @param {keyof Metrics} measure
   * @returns {number | null}
   */
  value(row, column, measure) {
    const known = this.at(row, column);
    return known === null ? null : mean(known.outcomes.map(({ final }) => final[measure]));
  }

  /**
   * Returns the share of a cell's draws that are trained.
   *
   * @param {number} row
   * @param {number} column
   */
  done(row, column) {
    const known = this.at(row, column);
    return known?.own ? known.outcomes.length / SEEDS.length : 0;
  }

  /**
   * Returns why a cell's networks did not learn, judged by the cost at the start and at the end.
   *
   * @param {number} row
   * @param {number} column
   * @param {'relu' | 'tanh'} activation
   * @param {number} idleCost of a constant prediction
   * @param {boolean} [plain] whether the network has neither normalization nor skip connections
   * @returns {Cause | null}
   */
  cause(row, column, activation, idleCost, plain = true) {
    const known = this.at(row, column);
    if (known === null) return null;
    if (mean(known.outcomes.map(({ final }) => final.trainAccuracy)) >= 0.75) return 'learned';
    const { first, final } = known.outcomes[0];
    if (Math.max(bounded(first.cost), bounded(final.cost)) > 1.2 * idleCost) return 'exploded';
    // The critical scale divides the causes in plain networks only.
    if (!plain) return 'other';
    if (GAINS[column] < CRITICAL[activation]) return 'vanished';
    return activation === 'relu' ? 'dead' : 'exploded';
  }
}

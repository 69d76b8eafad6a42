// Theory: what wide, narrow, deep and normalized networks do to signals. One function for each law.

import { valueOf } from './module-value.js';
import { plain } from './plain.js';

/**
 * q*, chi1 and c*, and the depth scales in layers.
 *
 * @typedef {object} MeanFieldLimits
 * @property {number} fixedVariance q*
 * @property {number} chi1
 * @property {number} depthScale
 * @property {number} fixedCorrelation c*
 * @property {number} correlationDepthScale
 */

/** The laws of the papers. The headers in src/core/init_lab/theory name the paper of each. */
export class Theory {
  #module;

  /** @param {import('../../dist/module/init_lab.mjs').InitLabModule} module */
  constructor(module) {
    this.#module = module;
  }

  /**
   * Returns the limits that the signals of wide networks approach over many layers (Poole et al.
   * 2016, Schoenholz et al. 2017). `depthScale` is the number of layers over which a gradient's
   * square changes by the factor e, 1 / |ln chi1|; `correlationDepthScale` is that for the distance
   * of a correlation from its limit.
   *
   * @param {import('./types.js').MeanField} field
   * @param {number} [start] variance of the first layer's signals, 1e-12 … 1e12; the limit of GELU
   *   and SiLU depends on it
   * @returns {MeanFieldLimits} Infinity where there is no bound; NaN for correlations where the
   *   variance is infinite
   */
  meanField(field, start = 1) {
    return /** @type {MeanFieldLimits} */ (
      valueOf(this.#module.meanField(plain(field, 'field'), plain(start, 'start')))
    );
  }

  /**
   * Returns the variance of the pre-activations one layer after a layer with variance q.
   *
   * @param {import('./types.js').MeanField} field
   * @param {number} q
   * @returns {number}
   */
  nextVariance(field, q) {
    return valueOf(this.#module.nextVariance(plain(field, 'field'), plain(q, 'q')));
  }

  /**
   * Returns the correlation of two inputs' pre-activations one layer after a layer where both have
   * variance q and this correlation.
   *
   * @param {import('./types.js').MeanField} field
   * @param {number} q
   * @param {number} correlation
   * @returns {number}
   */
  nextCorrelation(field, q, correlation) {
    return valueOf(
      this.#module.nextCorrelation(plain(field, 'field'), plain(q, 'q'), plain(correlation, 'correlation')),
    );
  }

  /**
   * Returns the point on the edge of chaos with this bias variance; NaN where there is none with q
   * up to 1e8.
   *
   * @param {string} activation
   * @param {number} biasVariance
   * @returns {{ weightVariance: number, biasVariance: number, q: number }}
   */
  edgeOfChaos(activation, biasVariance) {
    return /** @type {any} */ (
      valueOf(this.#module.edgeOfChaos(plain(activation, 'activation'), plain(biasVariance, 'biasVariance')))
    );
  }

  /**
   * Returns laws for narrow ReLU networks: how much the length of the activations varies, E[M²] /
   * E[M]², and the sum of 1 / width (Hanin & Rolnick 2018); an upper bound of the probability that
   * the network is born dead (Lu et al. 2020).
   *
   * @param {number[]} hiddenWidths
   * @returns {{ lengthFluctuation: number, widthSum: number, bornDeadBound: number }}
   */
  shape(hiddenWidths) {
    return /** @type {any} */ (valueOf(this.#module.shapeTheory(plain(hiddenWidths, 'layers'))));
  }

  /**
   * Returns the factors by which one layer changes the variance of a signal: forward and backward
   * for linear units (Glorot & Bengio 2010), forward for rectifiers (He et al. 2015).
   *
   * @param {number} standardDeviation of a weight
   * @param {number} fanIn
   * @param {number} fanOut
   * @param {number} [slope] of the rectifier below zero
   * @returns {{ forward: number, backward: number, rectified: number }}
   */
  varianceFactors(standardDeviation, fanIn, fanOut, slope = 0) {
    return /** @type {any} */ (
      valueOf(
        this.#module.varianceFactors(
          plain(standardDeviation, 'standardDeviation'),
          plain(fanIn, 'fanIn'),
          plain(fanOut, 'fanOut'),
          plain(slope, 'slope'),
        ),
      )
    );
  }

  /**
   * Returns the factor by which the variance of the signals (and of the gradient on its way down)
   * grows over a stack of residual layers of rectifiers, z + s (W phi(z) + b): (1 + s²
   * weightVariance (1 + slope²) / 2)^layers. Yang & Schoenholz 2017, De & Smith 2020.
   *
   * @param {number} branchScale s
   * @param {number} weightVariance the weights have variance weightVariance / n; He's start has 2
   * @param {number} layers 0 … 256
   * @param {number} [slope] of the rectifier below zero
   * @returns {number}
   */
  residualGrowth(branchScale, weightVariance, layers, slope = 0) {
    return valueOf(
      this.#module.residualGrowth(
        plain(branchScale, 'branchScale'),
        plain(weightVariance, 'weightVariance'),
        plain(layers, 'layers'),
        plain(slope, 'slope'),
      ),
    );
  }

  /**
   * Returns the factor by which the norm of the gradient grows per layer, on its way down through
   * wide plain layers with normalization: 1.2111 for ReLU and batch normalization (Yang et al.
   * 2019), 1 for rectifiers and layer normalization.
   *
   * @param {string} activation
   * @param {'batch' | 'layer'} normalization
   * @returns {number}
   */
  normalizedGradientGrowth(activation, normalization) {
    return valueOf(
      this.#module.normalizedGradientGrowth(
        plain(activation, 'activation'),
        plain(normalization, 'normalization'),
      ),
    );
  }
}

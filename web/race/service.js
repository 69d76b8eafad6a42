// The worker's methods: questions about the lab, and commands to its races. A page calls them
// through Comlink (engine.js). A failing method throws a Problem.

import { butterfly } from '../../src/js/butterfly.js';
import { datasetNameOf, hasFile } from '../../src/js/dataset-files.js';
import { RaceCore } from './core.js';
import { ownLandscape, sharedLandscape } from './cost-maps.js';
import { problemOf } from './problem.js';

/** @typedef {import('../../src/js/lab.js').Lab} Lab */
/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').RunSpec} RunSpec */

/**
 * Frames sent to a page that it has not confirmed, at most: the page shows one while the worker
 * makes the next. A slow page gets fewer frames, never old ones.
 */
const MAX_FRAMES_SENT = 2;

/** Enough for two digits of the spectrum's ends; each takes as long as about three updates. */
const LANCZOS_ITERATIONS = 40;

/**
 * @typedef {{ core: RaceCore, credit: number, due: number }} Entry a race, the number of frames
 *   that may be sent, and when the next one is due
 */

export class RaceService {
  /** @type {Lab | null} */
  #lab = null;
  #ready;
  #onCommand;
  /** Races by the numbers that pages gave them. @type {Map<number, Entry>} */
  races = new Map();
  /** Files that races wait for. @type {Map<number, Promise<void>>} */
  #loading = new Map();
  /** Names of the data sets whose files are there. */
  #loaded = new Set();

  /**
   * @param {Promise<Lab>} lab
   * @param {() => void} onCommand called after each command, when there may be work to do
   */
  constructor(lab, onCommand) {
    this.#ready = lab.then((opened) => (this.#lab = opened));
    // Each method reports this failure, so do not report it as an unhandled rejection.
    this.#ready.catch(() => {});
    this.#onCommand = onCommand;
  }

  /** Answers even before the module has loaded, so that the page knows that this script runs. */
  ping() {}

  /** @returns {Promise<import('./types.js').Catalogue>} once the module has loaded */
  catalogue() {
    return this.#answer((lab) => /** @type {any} */ (lab.catalogue));
  }

  /**
   * Sets the runs of a race. The first command of a race creates it.
   * @param {number} race
   * @param {RunSpec[]} runs
   * @param {{ restart?: boolean, limit: number }} options
   */
  setRuns(race, runs, options) {
    this.#loadFiles(race, runs);
    return this.#command(race, ({ core }) => ({
      problems: core.setRuns(runs, options),
      data: core.runs.map((run) => ({
        id: run.id,
        data: run.takeData(),
        answers: run.answers,
        layers: run.session.network.layers,
        spec: run.session.spec,
      })),
    }));
  }

  /**
   * Loads the files of data sets that have one. Later commands of the race wait for them.
   * @param {number} race
   * @param {RunSpec[]} runs
   */
  #loadFiles(race, runs) {
    const names = [...new Set(runs.map(({ spec }) => datasetNameOf(spec)))].filter(
      (name) => hasFile(name) && !this.#loaded.has(name),
    );
    if (names.length === 0) return;
    const load = async () => {
      const lab = this.#lab ?? (await this.#ready);
      for (const name of names) {
        await lab.loadDataset(name);
        this.#loaded.add(name);
      }
    };
    // The runs that need the file fail with their own error if it cannot be loaded.
    const before = this.#loading.get(race);
    const loading = Promise.all([before, load()])
      .catch(() => {})
      .then(() => {
        if (this.#loading.get(race) === loading) this.#loading.delete(race);
      });
    this.#loading.set(race, loading);
  }

  /**
   * Returns the output of every run for examples that the page gives, such as a drawn digit.
   * @param {number} race
   * @param {number[][]} rows one row an example
   * @returns {Promise<{ id: string, values: Float64Array }[]>} as `predictPoints` returns it; only
   *   runs whose data have as many features
   */
  predict(race, rows) {
    return this.#command(race, ({ core }) =>
      core.runs
        .filter(({ data }) => data.train.features === rows[0]?.length)
        .map(({ id, session }) => ({ id, values: session.predictPoints(rows) })),
    );
  }

  /**
   * @param {number} race
   * @param {boolean} playing
   * @param {number} order number of the command
   */
  play(race, playing, order) {
    return this.#command(race, ({ core }) => core.play(playing, order));
  }

  /**
   * @param {number} race
   * @param {number} iteration
   */
  seek(race, iteration) {
    return this.#command(race, ({ core }) => core.seek(iteration));
  }

  /**
   * @param {number} race
   * @param {number} speed iterations per second, or Infinity
   * @param {import('./types.js').Stop} stop
   */
  setPace(race, speed, stop) {
    return this.#command(race, ({ core }) => core.setPace(speed, stop));
  }

  /**
   * @param {number} race
   * @param {import('./types.js').Wanted} wanted
   */
  setWanted(race, wanted) {
    return this.#command(race, ({ core }) => core.pictures.want(wanted));
  }

  /** Notes that the page has shown a frame. @param {number} race */
  acknowledge(race) {
    return this.#command(race, (entry) => {
      entry.credit += 1;
    });
  }

  /** @param {number} race */
  disposeRace(race) {
    return this.#command(race, ({ core }) => {
      core.dispose();
      this.races.delete(race);
    });
  }

  /**
   * Returns everything about a run at its present iteration.
   * @param {number} race
   * @param {string} id of the run
   */
  result(race, id) {
    return this.#command(race, ({ core }) => {
      const run = core.find(id);
      return {
        spec: run.session.spec,
        iteration: run.iteration,
        metrics: run.session.metrics(),
        history: run.history.filter(({ iteration }) => iteration <= run.iteration),
        parameters: run.session.parameters(),
      };
    });
  }

  /**
   * Maps the cost around a run's path, and measures the curvature at its present weights.
   * @param {number} race
   * @param {string} id of the run
   */
  landscape(race, id) {
    return this.#command(race, ({ core }) => {
      const run = core.find(id);
      return {
        landscape: ownLandscape(/** @type {Lab} */ (this.#lab), run),
        curvature: run.session.curvature({ iterations: LANCZOS_ITERATIONS }),
      };
    });
  }

  /**
   * Measures signals, weights and curvature of a run at its present weights. Theory predicts
   * iteration 0 only.
   * @param {number} race
   * @param {string} id of the run
   */
  measurements(race, id) {
    return this.#command(race, ({ core }) => {
      const run = core.find(id);
      const { session, iteration } = run;
      const { layers, distance } = session.diagnostics({ singularValues: false });
      const predicted = iteration === 0 ? (run.start.predicted ?? []) : [];
      return { iteration, layers, distance, curvature: session.curvature(), predicted };
    });
  }

  /**
   * Maps the cost in the plane through 0, the start of one run and the weights of another.
   * @param {number} race
   * @param {{ small: string, best: string }} ids of the two runs
   */
  sharedLandscape(race, { small, best }) {
    return this.#command(race, ({ core }) => {
      const end = core.find(best);
      const alike = core.runs.filter(({ size }) => size === end.size);
      return sharedLandscape(/** @type {Lab} */ (this.#lab), core.find(small), end, alike);
    });
  }

  /**
   * @param {Record<string, any>} init
   * @param {number} fanIn
   * @param {number} fanOut
   */
  weightStandardDeviation(init, fanIn, fanOut) {
    return this.#answer((lab) => lab.weightStandardDeviation(/** @type {any} */ (init), fanIn, fanOut));
  }

  /** Measures the signals of an experiment's initial weights. @param {Spec} spec */
  signals(spec) {
    return this.#withSession(spec, (session) => ({
      diagnostics: session.diagnostics({ singularValues: false }),
      predicted: session.predictedSignals(),
    }));
  }

  /** Returns the layers of an experiment and its initial weights. @param {Spec} spec */
  initialNetwork(spec) {
    return this.#withSession(spec, (session) => ({
      network: session.network,
      parameters: session.parameters(),
    }));
  }

  /**
   * Measures the curvature of the cost at each experiment's initial weights.
   * @param {Spec[]} specs
   */
  curvatures(specs) {
    return this.#answer((lab) =>
      specs.map((spec) => {
        const session = lab.createSession(/** @type {any} */ (spec));
        try {
          return session.curvature();
        } finally {
          session.dispose();
        }
      }),
    );
  }

  /** @param {Parameters<Lab['theory']['meanField']>[0][]} fields */
  meanFields(fields) {
    return this.#answer((lab) => fields.map((field) => lab.theory.meanField(field)));
  }

  /**
   * Returns the training examples of an experiment's data set, as flat rows.
   * @param {import('../../src/js/types.js').DatasetChoice} dataset
   */
  trainingInputs(dataset) {
    return this.#answer((lab) => lab.dataset(dataset).train.x);
  }

  /** @param {number[]} layers */
  shape(layers) {
    return this.#answer((lab) => lab.theory.shape(layers));
  }

  /**
   * @param {Spec} spec
   * @param {{ iterations: number, every: number }} options
   */
  butterfly(spec, options) {
    return this.#answer((lab) => butterfly(lab, /** @type {any} */ (spec), options));
  }

  /**
   * @template T
   * @param {Spec} spec
   * @param {(session: import('../../src/js/lab.js').Session) => T} read
   */
  #withSession(spec, read) {
    return this.#answer((lab) => {
      const session = lab.createSession(/** @type {any} */ (spec));
      try {
        return read(session);
      } finally {
        session.dispose();
      }
    });
  }

  /**
   * @template T
   * @param {(lab: Lab) => T} work
   * @returns {Promise<T>}
   */
  async #answer(work) {
    try {
      return work(this.#lab ?? (await this.#ready));
    } catch (error) {
      throw problemOf(error);
    }
  }

  /**
   * @template T
   * @param {number} race
   * @param {(entry: Entry) => T} work
   * @returns {Promise<T>}
   */
  async #command(race, work) {
    // Without a file to wait for, commands of an open module are executed in the order of arrival.
    while (this.#loading.has(race)) await this.#loading.get(race);
    return this.#answer((lab) => {
      const entry = this.races.get(race) ?? { core: new RaceCore(lab), credit: MAX_FRAMES_SENT, due: 0 };
      this.races.set(race, entry);
      try {
        return work(entry);
      } finally {
        this.#onCommand();
      }
    });
  }
}

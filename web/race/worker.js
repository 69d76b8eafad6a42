// The worker: holds the lab and every race of the page, shares its time between them, and sends frames.
//
// At most two frames are on their way at a time (one being shown, one being made), so a slow page gets fewer frames,
// never old ones; and a frame is followed by as much training as it took, so that deep networks, whose pictures take
// long, get on. The frame that shows a pause waits for neither.

import { butterfly } from '../../src/js/butterfly.js';
import { loadLab } from '../../src/js/index.js';
import { RaceCore, SETTLE, problemOf } from './core.js';

/** Work at a stretch, in seconds: short enough that a click on pause is answered at once. */
const SLICE = 0.007;
const FRAMES_ON_THE_WAY = 2;

/** `due`: when the next frame may be made. @typedef {{ core: RaceCore, credit: number, due: number }} Entry */

/** @type {Map<number, Entry>} */
const races = new Map();
/** @type {import('../../src/js/lab.js').Lab} */
let lab;
const channel = new MessageChannel();
let scheduled = false;

/** @param {any} message @param {Transferable[]} [transfer] */
const post = (message, transfer = []) => /** @type {any} */ (self).postMessage(message, transfer);

const ready = loadLab().then(
  (opened) => {
    lab = opened;
    const { datasets, initializers, activations, optimizers } = lab.catalogue;
    post({ type: 'ready', catalogue: { datasets, initializers, activations, optimizers } });
  },
  (error) => {
    post({ type: 'broken', problem: problemOf(error) });
    throw error;
  },
);
// Whoever asks something is told.
ready.catch(() => {});

/** @param {number} id */
function entryOf(id) {
  let entry = races.get(id);
  if (entry === undefined) {
    entry = { core: new RaceCore(lab), credit: FRAMES_ON_THE_WAY, due: 0 };
    races.set(id, entry);
  }
  return entry;
}

/** @type {Record<string, (core: RaceCore, message: any, entry: Entry) => any>} */
const commands = {
  runs(core, { runs, restart, limit }) {
    const problems = core.setRuns(runs, { restart, limit });
    return {
      problems,
      data: core.runs.map((run) => ({ id: run.id, data: run.data, spec: run.session.spec })),
    };
  },
  play(core, { playing, order }) {
    core.order = order;
    core.play(playing);
  },
  seek: (core, { iteration }) => core.seek(iteration),
  pace(core, { speed, stop }) {
    core.speed = speed;
    if (stop.kind !== core.stop.kind || stop.value !== core.stop.value) core.passed = new Set();
    core.stop = stop;
  },
  focus(core, { id, units, points, lines }) {
    core.focus = id;
    core.wantUnits = units;
    core.wantPoints = points;
    core.wantLines = lines;
    core.touch();
  },
  shown(core, message, entry) {
    entry.credit += 1;
  },
  dispose(core, { race }) {
    core.dispose();
    races.delete(race);
  },
  result(core, { id }) {
    const run = core.find(id);
    return {
      spec: run.session.spec,
      iteration: run.iteration,
      metrics: run.session.metrics(),
      history: run.history.filter((metrics) => metrics.iteration <= run.iteration),
      parameters: run.session.parameters(),
    };
  },
};

/** What needs no race. @type {Record<string, (message: any) => any>} */
const questions = {
  deviation: ({ init, fanIn, fanOut }) => lab.weightStandardDeviation(init, fanIn, fanOut),
  signals({ spec }) {
    const session = lab.createSession(spec);
    try {
      return {
        diagnostics: session.diagnostics({ singularValues: false }),
        predicted: session.predictedSignals(),
      };
    } finally {
      session.dispose();
    }
  },
  meanFields: ({ fields }) =>
    fields.map((/** @type {import('../../src/js/types.js').MeanField} */ field) =>
      lab.theory.meanField(field),
    ),
  shape: ({ layers }) => lab.theory.shape(layers),
  initial({ spec }) {
    const session = lab.createSession(spec);
    try {
      return session.parameters();
    } finally {
      session.dispose();
    }
  },
  butterfly: ({ spec, iterations, every }) => butterfly(lab, spec, { iterations, every }),
};

self.addEventListener('message', async (event) => {
  const { type, race, request } = event.data;
  try {
    await ready;
    const entry = race === undefined ? null : entryOf(race);
    const value = entry ? commands[type](entry.core, event.data, entry) : questions[type](event.data);
    if (request !== undefined) post({ type: 'answer', request, value });
  } catch (error) {
    if (request !== undefined) post({ type: 'answer', request, problem: problemOf(error) });
  }
  schedule();
});

function schedule() {
  if (scheduled) return;
  scheduled = true;
  channel.port2.postMessage(null);
}

/** Where one race cannot go on (the memory is full), the others do. @param {number} race @param {() => void} work */
function attempt(race, work) {
  try {
    work();
  } catch (error) {
    races.get(race)?.core.dispose();
    races.delete(race);
    post({ type: 'failed', race, problem: problemOf(error) });
  }
}

/** @param {number} race @param {Entry} entry */
function sendFrame(race, entry) {
  const { core, credit, due } = entry;
  const begun = performance.now();
  // A race that has just come to rest says so at once, whatever is still on its way.
  if (!core.pending || !(core.arriving || (credit > 0 && (begun >= due || !core.busy)))) return;
  const { frame, transfer } = core.frame();
  const now = performance.now();
  entry.due = now + (now - begun);
  entry.credit -= 1;
  post({ type: 'frame', race, frame }, transfer);
}

channel.port1.onmessage = () => {
  scheduled = false;
  const busy = [...races].filter(([, { core }]) => core.busy);
  for (const [race, { core }] of busy) attempt(race, () => core.work(SLICE / busy.length));
  for (const [race, entry] of races) attempt(race, () => sendFrame(race, entry));
  const all = [...races.values()].map(({ core }) => core);
  if (all.some((core) => core.settling)) setTimeout(schedule, SETTLE);
  // A race that is paced slower than it could run leaves the processor alone between its steps.
  if (all.some((core) => core.busy)) {
    if (busy.every(([, { core }]) => core.idling)) setTimeout(schedule, 4);
    else schedule();
  }
};

// The link is the experiment: what the state table writes it reads again, and what it cannot read
// it names.

import { errorSentence } from '../../src/js/error-sentences.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { presetOf, readWithPreset, stateOf } from '../../web/state/presets.js';
import { readLink, startState, writeLink } from '../../web/state/table.js';
import { readPoints, snap, writePoints } from '../../web/state/points-codec.js';
import { Store, followAddress, linkIn } from '../../web/state/store.js';
import { fitToCatalogue, settingsOf, specOf } from '../../web/state/specs.js';

/**
 * A state without what is only of this page.
 * @param {import('../../web/state/table.js').LabState} state
 */
const comparable = (state) => ({
  ...state,
  runs: state.runs.map(({ init, name, own }) => ({ init, name, own })),
});

/** @param {import('../../src/js/error-sentences.js').ErrorData | undefined} error */
const sentence = (error) => errorSentence(error ?? assert.fail('no error'));

test('the lab as it opens has an empty link', () => {
  assert.equal(writeLink(startState()), '');
});

test('a state in which everything differs from the start comes back from its link', () => {
  const state = startState();
  Object.assign(state, {
    dataset: { name: 'circles', samples: 120, noise: 0.1, seed: 7 },
    layers: [8, 3, 2],
    activations: ['relu', 'tanh', 'selu'],
    output: 'tanh',
    optimizer: { name: 'adam', learningRate: 0.003, beta1: 0.8 },
    precision: 'float32',
    seed: 4294967295,
    iterations: 12345,
    speed: Infinity,
    stop: { kind: 'accuracy', value: 0.925 },
    chart: 'accuracy',
    scale: 'log',
    show: ['test', 'units'],
    solo: 1,
    selected: 0,
    at: 777,
  });
  state.runs[1].name = 'Ünïcode; with / = & , : ~ 100 %';
  state.runs[2].init = {
    name: 'he_normal',
    layers: [null, { name: 'normal', std: 0.5 }, null, { name: 'zeros' }],
  };
  state.runs[1].own = {
    optimizer: { name: 'gd', learningRate: 1.5 },
    layers: [],
    activations: ['relu', 'gelu'],
    seed: 9,
  };
  const { state: read, unread } = readLink(`#${writeLink(state)}`);
  assert.deepEqual(unread, []);
  assert.deepEqual(comparable(read), comparable(state));
});

test('an initializer of one layer reaches the core, and one whose layer is gone does not', async () => {
  const link = 'net=3,2&runs=he_normal/init3=zeros/init4=orthogonal;he_normal/init2=magic';
  const { state, unread } = readLink(link);
  assert.deepEqual(unread, []);
  const lab = await loadLab();
  const unfit = fitToCatalogue(state, /** @type {any} */ (lab.catalogue), startState());
  assert.deepEqual(
    unfit.map(({ text }) => text),
    ['magic'],
  );
  assert.deepEqual(state.runs[1].init, { name: 'he_normal' });
  const session = lab.createSession(specOf(state, state.runs[0]));
  const { layers } = session.network;
  const parameters = session.parameters();
  const norm = (/** @type {any} */ layer) =>
    Math.hypot(...parameters.subarray(layer.weights, layer.weights + layer.in * layer.out));
  assert.ok(norm(layers[1]) > 0);
  assert.equal(norm(layers[2]), 0);
  session.dispose();
});

test('every preset comes back from its link, which is short enough to paste', () => {
  const folder = new URL('../../src/js/experiments/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.includes('schema'));
  let presets = 0;
  for (const file of files) {
    const preset = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    if (!Array.isArray(preset.runs)) continue;
    presets += 1;
    const state = stateOf(preset);
    const link = writeLink(state);
    assert.ok(link.length < 400, `${file}: ${link.length} letters`);
    assert.deepEqual(comparable(readLink(link).state), comparable(state), file);
  }
  assert.ok(presets >= 11, `found ${presets} presets`);
});

test('own points come back exactly, in four letters each', () => {
  const low = -5;
  const high = 5;
  const points = Array.from({ length: 60 }, (_, i) => ({
    x1: snap(Math.sin(i) * 5, low, high),
    x2: snap(Math.cos(3 * i) * 5, low, high),
    label: /** @type {0 | 1} */ (i < 30 ? 0 : 1),
  }));
  const text = writePoints({ low, high, points });
  assert.deepEqual(readPoints(text), { low, high, points });
  assert.ok(text.length <= 4 * points.length + 20, `${text.length} letters`);
  const state = { ...startState(), dataset: { name: 'points', own: { low, high, points } } };
  assert.deepEqual(readLink(writeLink(state)).state.dataset, state.dataset);
});

test('what cannot be read is named, and The rest is opened', () => {
  const { state, unread } = readLink(
    '#net=4,0&act=tanh&color=red&runs=he_normal;normal,std:1.2.3;zeros&steps=900&at=%E0%A4%A',
  );
  assert.deepEqual(
    unread.map(({ key }) => key),
    ['net', 'color', 'runs', 'at'],
  );
  assert.match(sentence(unread[0].error), /found "0", expected a whole number from 1 to 4096/);
  assert.deepEqual(state.activations, ['tanh']);
  assert.equal(state.iterations, 900);
  assert.deepEqual(
    state.runs.map(({ init }) => init.name),
    ['he_normal', 'zeros'],
  );
});

test('what looks like a part of a choice and is none is named, and leaves a lab that can be drawn', () => {
  for (const link of [
    'data=points',
    'data=circles,name:5',
    'data=circles,own:1',
    'opt=gd,name:1',
    'runs=he_normal,layers:3',
    'runs=normal,name:3',
    'runs=he_normal/data=points',
    'data=points,-1e308,1e308,AAAA,BBBB',
    'data=points,0,1,,',
    `data=points,0,1,${'AAAA'.repeat(2001)},`,
    `act=${Array(257).fill('relu').join()}`,
  ]) {
    const { state, unread } = readLink(link);
    assert.equal(unread.length, 1, link);
    assert.equal(typeof unread[0].text, 'string');
    assert.deepEqual(readLink(writeLink(state)).unread, []);
    for (const run of state.runs) specOf(state, run);
  }
});

test('a value that the controls do not offer is named with what was expected, and left at its start', () => {
  for (const [part, expected] of /** @type {const} */ ([
    ['speed=7', 'found "7", expected a number from 10 to 10000, or max'],
    ['stop=accuracy:5', 'found "5", expected a number from 0 to 1'],
    ['stop=cost:-1', 'found "-1", expected a number from 0 to 10'],
    ['at=3001', 'found "3001", expected a whole number from 0 to 3000'],
    ['steps=200&at=201', 'found "201", expected a whole number from 0 to 200'],
    ['look=5', 'found "5", expected a whole number from 1 to 4'],
    ['runs=zeros;he_normal&solo=3', 'found "3", expected a whole number from 1 to 2'],
  ])) {
    const { state, unread } = readLink(part);
    assert.deepEqual(
      unread.map(({ error }) => sentence(error)),
      [expected],
    );
    const { speed, stop, at } = startState();
    assert.deepEqual([state.speed, state.stop, state.at], [speed, stop, at], part);
  }
  assert.deepEqual(readLink('at=200&steps=200&speed=500&stop=accuracy:1').unread, []);
});

test('a place in time stays within the training when that becomes shorter', () => {
  const store = new Store(readLink('at=900&steps=1000').state);
  store.set({ iterations: 500 });
  assert.deepEqual(readLink(writeLink(store.state)).unread, []);
  assert.equal(store.state.at, 500);
});

test('a query is an experiment, but for the language and what trackers append; "#…" goes before it', () => {
  assert.equal(linkIn({ hash: '', search: '?utm_source=x&net=4&lang=de&fbclid=1' }), 'net=4');
  assert.equal(linkIn({ hash: '#net=5', search: '?net=4' }), 'net=5');
  assert.equal(linkIn({ hash: '#', search: '' }), '');
});

/** A window's address and history, as far as a store is followed. @param {string} link */
function pageAt(link) {
  const page = Object.assign(new EventTarget(), {
    location: { pathname: '/', search: '', hash: `#${link}` },
    /** @type {string[]} */
    entries: [`#${link}`],
    history: {
      /**
       * @param {null} state
       * @param {''} title
       * @param {string} address
       */
      pushState(state, title, address) {
        page.entries.push('');
        page.history.replaceState(state, title, address);
      },
      /**
       * @param {null} state
       * @param {''} title
       * @param {string} address
       */
      replaceState(state, title, address) {
        page.entries[page.entries.length - 1] = address;
        page.location.hash = address.startsWith('#') ? address : '';
      },
    },
    /** @param {string} address */
    goTo(address) {
      page.location.hash = address;
      page.dispatchEvent(new Event('popstate'));
    },
  });
  return page;
}

/** Time enough for what waits to be written. */
const LATER = 5000;

/**
 * A page at "net=4" and the store that it follows, while time stands still.
 * @param {import('node:test').MockTracker} mock
 */
function followed(mock) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const page = pageAt('net=4');
  const store = new Store(readLink('net=4').state);
  followAddress(store, (state) => store.set(state), /** @type {any} */ (page));
  return { page, store };
}

test('only what changes the experiment adds to the history of the browser', ({ mock }) => {
  const { page, store } = followed(mock);
  store.set({ at: 7 });
  store.set({ at: null, speed: 1000, chart: 'accuracy' });
  store.show('test', true);
  store.set({ selected: 1, at: 30 });
  mock.timers.tick(LATER);
  assert.equal(page.entries.length, 1);
  assert.match(page.entries[0], /at=30/);
  store.set({ layers: [5] });
  assert.equal(page.entries.length, 2);
  store.set({ at: 31 });
  // One gesture.
  store.set({ layers: [6] });
  mock.timers.tick(LATER);
  assert.equal(page.entries.length, 2);
  assert.match(page.entries[1], /net=6.*at=31/);
  page.goTo(page.entries[0]);
  assert.deepEqual([store.state.layers, store.state.at], [[4], 30]);
  assert.equal(page.entries.length, 2);
});

test('a slider that is dragged writes a few addresses, the last one by the time that the page goes', ({
  mock,
}) => {
  mock.method(performance, 'now', () => 1000);
  const { page, store } = followed(mock);
  const written = mock.method(page.history, 'replaceState');
  for (let seed = 10; seed < 210; seed += 1) store.set({ seed });
  assert.match(page.location.hash, /seed=10$/);
  page.dispatchEvent(new Event('pagehide'));
  assert.match(page.location.hash, /seed=209$/);
  mock.timers.tick(LATER);
  assert.deepEqual([page.entries.length, written.mock.callCount()], [2, 2]);
});

test('what waits is written into the entry that it belongs to, and not into one that is come back to', ({
  mock,
}) => {
  mock.method(performance, 'now', () => 1000);
  const { page, store } = followed(mock);
  store.set({ at: 1 });
  store.set({ at: 2 });
  store.set({ layers: [5] });
  assert.match(page.entries[0], /at=2$/);
  store.set({ at: 3 });
  page.goTo(page.entries[0]);
  mock.timers.tick(LATER);
  assert.match(page.location.hash, /net=4.*at=2$/);
  assert.deepEqual([store.state.layers, store.state.at], [[4], 2]);
});

test('an address that the browser refuses is tried again, and the lab goes on', ({ mock }) => {
  const { page, store } = followed(mock);
  const push = mock.method(page.history, 'pushState', () => {
    throw new DOMException('Attempt to use history.pushState() more than 100 times', 'SecurityError');
  });
  store.set({ layers: [5] });
  assert.deepEqual([store.state.layers, page.entries], [[5], ['#net=4']]);
  push.mock.restore();
  mock.timers.tick(LATER);
  assert.deepEqual(page.entries, ['#net=4', '#net=5']);
});

test('an address that is arrived at stays as it was written', () => {
  const page = pageAt('');
  const store = new Store();
  /** @type {string[]} */
  const told = [];
  const arrive = (/** @type {any} */ state, /** @type {any} */ unread) => {
    told.push(...unread.map((/** @type {any} */ { key }) => key));
    store.set(state);
  };
  followAddress(store, arrive, /** @type {any} */ (page));
  page.goTo('#y=linear&net=4&steps=0');
  assert.deepEqual(store.state.layers, [4]);
  assert.deepEqual(told, ['steps']);
  assert.deepEqual(page.entries, ['#']);
  assert.equal(page.location.hash, '#y=linear&net=4&steps=0');
});

test('a link may name a preset, which what stands beside it overrules; an unknown one is named', () => {
  const preset = JSON.parse(
    readFileSync(new URL('../../src/js/experiments/exercise-5.json', import.meta.url), 'utf8'),
  );
  const read = (/** @type {string} */ link) => readWithPreset([preset], link);
  for (const link of ['preset=exercise-5', '#preset=exercise-5', '?at=20&preset=exercise-5']) {
    const { state, unread } = read(link);
    assert.deepEqual(unread, [], link);
    assert.equal(presetOf([preset], state), preset, link);
  }
  const changed = read('seed=8&preset=exercise-5').state;
  assert.deepEqual([changed.seed, changed.dataset], [8, stateOf(preset).dataset]);
  const { state, unread } = read('preset=exercise-6&seed=8');
  assert.deepEqual(
    unread.map(({ key, text, error }) => [key, text, error?.expected?.names]),
    [['preset', 'exercise-6', ['exercise-5']]],
  );
  assert.equal(state.seed, 8);
});

test('links that a messenger escaped are read as well', () => {
  const { state, unread } = readLink('#runs=normal%2Cstd%3A0.5%3Bzeros%2Fopt%3Dadam&net=4%2C4');
  assert.deepEqual(unread, []);
  assert.equal(state.runs[0].init.std, 0.5);
  assert.deepEqual(state.runs[1].own.optimizer, { name: 'adam' });
  assert.deepEqual(state.layers, [4, 4]);
});

test('names and parameters that the catalogue does not know are taken out and named', () => {
  const number = {
    kind: /** @type {const} */ ('number'),
    help: '',
    value: 1,
    min: 0,
    max: 10,
    integer: false,
  };
  const parameter = { name: 'std', label: 'std', ...number };
  const catalogue = {
    datasets: [{ name: 'flower', label: 'flower', parameters: [] }],
    initializers: [
      { name: 'normal', label: 'normal', parameters: [parameter] },
      { name: 'he_normal', label: 'He', parameters: [] },
      { name: 'zeros', label: 'zeros', parameters: [] },
    ],
    activations: [{ name: 'relu', label: 'ReLU', parameters: [] }],
    optimizers: [{ name: 'gd', label: 'gd', parameters: [{ ...parameter, name: 'learningRate' }] }],
    normalizations: [{ name: 'none', label: 'none', parameters: [] }],
    parametrizations: [{ name: 'standard', label: 'standard', parameters: [] }],
    biasStarts: [],
    outputs: ['sigmoid', 'tanh'],
  };
  const { state } = readLink('#data=cats&runs=normal,std:11;magic;normal,std:2,foo:1&act=relu,foo');
  const unread = fitToCatalogue(state, catalogue, startState());
  assert.deepEqual(
    unread.map(({ text }) => text),
    ['cats', 'foo', 'std:11', 'magic', 'foo:1'],
  );
  assert.deepEqual(state.dataset, { name: 'flower' });
  assert.deepEqual(
    state.runs.map(({ init }) => init),
    [{ name: 'normal' }, { name: 'he_normal' }, { name: 'normal', std: 2 }],
  );
});

test('a run takes the shared settings, except those that are its own', () => {
  const state = startState();
  const run = { ...state.runs[0], own: { layers: [3, 3, 3], activations: ['tanh', 'relu'] } };
  const settings = settingsOf(state, run);
  assert.deepEqual(settings.layers, [3, 3, 3]);
  assert.deepEqual(settings.activations, ['tanh', 'relu', 'relu']);
  assert.deepEqual(settings.optimizer, state.optimizer);
  assert.equal(specOf(state, run).init.seed, state.seed);
});

test('a run that is shown large stays so while it is moved', () => {
  const store = new Store(readLink('solo=2&look=2').state);
  const { id } = store.state.runs[1];
  store.moveRun(id, 1);
  assert.equal(store.state.runs[store.state.solo].id, id);
  assert.equal(store.state.runs[store.state.selected].id, id);
  store.set({ solo: -1 });
  store.moveRun(id, -1);
  assert.equal(store.state.solo, -1);
});

test('a seed within an initializer is the run’s own, where it can be seen, changed and redrawn', () => {
  const { state, unread } = readLink('runs=he_normal,seed:5;zeros,seed:5/seed=6;normal,std:1');
  assert.deepEqual(unread, []);
  assert.deepEqual(
    state.runs.map(({ init, own }) => [init.seed, own.seed]),
    [
      [undefined, 5],
      [undefined, 6],
      [undefined, undefined],
    ],
  );
  assert.equal(specOf(state, state.runs[0]).init.seed, 5);
  assert.match(sentence(readLink('runs=he_normal,seed:1.5').unread[0].error), /expected a whole number/);
});

test('a link of 100 layers opens, with an initializer of the last one', () => {
  const { state, unread } = readLink(`net=${Array(100).fill(4).join()}&runs=he_normal/init101=zeros`);
  assert.deepEqual(unread, []);
  assert.equal(state.layers.length, 100);
  assert.equal(state.runs[0].init.layers?.[100].name, 'zeros');
  assert.deepEqual(readLink(writeLink(state)).state.layers, state.layers);
});

test('cuts what it shows of a value that is very long, and counts no line break', () => {
  const word = 'x'.repeat(5000);
  for (const link of [`out=${word}`, `net=${word}`, `runs=${word.toUpperCase()}`, `${word}=1`]) {
    const { unread } = readLink(link);
    assert.equal(unread.length, 1);
    assert.ok(sentence(unread[0].error).length < 200 && unread[0].key.length < 70);
  }
  // A browser drops line breaks of an address when it loads the page.
  for (const link of ['net=4\n,5&color=r\ned', 'ne\r\nt=4,5&color=red', 'net=4,5&color=r\ted']) {
    const read = readLink(link);
    assert.deepEqual(read.state.layers, [4, 5]);
    assert.deepEqual(read.unread, readLink('net=4,5&color=red').unread);
  }
});

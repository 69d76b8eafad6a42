// The link is the experiment: the state table reads every link that it writes, and names parts that
// it cannot read.

import { errorSentence } from '../../src/js/error-sentences.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { presetOf, readWithPreset, stateOf } from '../../web/state/presets.js';
import { readLink, startState, writeLink } from '../../web/state/table.js';
import { readPoints, snap, writePoints } from '../../web/state/points-codec.js';
import { Store, followAddress, linkIn } from '../../web/state/store.js';
import { fitToCatalogue } from '../../web/state/fit.js';
import { settingsOf, specOf } from '../../web/state/specs.js';

/**
 * A state without the fields that belong to one page only.
 * @param {import('../../web/state/table.js').LabState} state
 */
const comparable = (state) => ({
  ...state,
  runs: state.runs.map(({ init, name, own }) => ({ init, name, own })),
});

/** @param {import('../../src/js/error-sentences.js').ErrorData | undefined} error */
const sentence = (error) => errorSentence(error ?? assert.fail('no error'));

test('has an empty link for the default experiment', () => {
  assert.equal(writeLink(startState()), '');
});

test('restores a state in which every field differs from its initial value', () => {
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

test('passes the initializer of one layer to the core, unless that layer is removed', async () => {
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

test('restores every preset from its link, which is short enough to paste', () => {
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

test('restores points exactly, in four characters each', () => {
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

test('names parts that cannot be read, and opens the rest', () => {
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

test('names text that only resembles a choice, and keeps a lab that can be drawn', () => {
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
    `act=${Array(258).fill('relu').join()}`,
  ]) {
    const { state, unread } = readLink(link);
    assert.equal(unread.length, 1, link);
    assert.equal(typeof unread[0].text, 'string');
    assert.deepEqual(readLink(writeLink(state)).unread, []);
    for (const run of state.runs) specOf(state, run);
  }
});

test('names a value outside a control’s range with the range, and keeps the initial value', () => {
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

test('keeps the iteration within a training that becomes shorter', () => {
  const store = new Store(readLink('at=900&steps=1000').state);
  store.set({ iterations: 500 });
  assert.deepEqual(readLink(writeLink(store.state)).unread, []);
  assert.equal(store.state.at, 500);
});

test('reads a query as an experiment, without the language and trackers’ parameters, unless there is "#…"', () => {
  assert.equal(linkIn({ hash: '', search: '?utm_source=x&net=4&lang=de&fbclid=1' }), 'net=4');
  assert.equal(linkIn({ hash: '#net=5', search: '?net=4' }), 'net=5');
  assert.equal(linkIn({ hash: '#', search: '' }), '');
});

/** The parts of a window's address and history that a store uses. @param {string} link */
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

/** Long enough for pending writes. */
const LATER = 5000;

/**
 * A page at "net=4" and the store that it follows, with a mocked clock.
 * @param {import('node:test').MockTracker} mock
 */
function followed(mock) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const page = pageAt('net=4');
  const store = new Store(readLink('net=4').state);
  followAddress(store, (state) => store.set(state), /** @type {any} */ (page));
  return { page, store };
}

test('adds only changes of the experiment to the browser’s history', ({ mock }) => {
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

test('writes few addresses while a slider is dragged, and the last one before the page is left', ({
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

test('writes a pending change into the entry that it belongs to, not into a restored one', ({ mock }) => {
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

test('retries an address that the browser refuses', ({ mock }) => {
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

test('leaves the address that it arrives at unchanged', () => {
  const page = pageAt('');
  const store = new Store();
  /** @type {string[]} */
  const keys = [];
  const arrive = (/** @type {any} */ state, /** @type {any} */ unread) => {
    keys.push(...unread.map((/** @type {any} */ { key }) => key));
    store.set(state);
  };
  followAddress(store, arrive, /** @type {any} */ (page));
  page.goTo('#y=linear&net=4&steps=0');
  assert.deepEqual(store.state.layers, [4]);
  assert.deepEqual(keys, ['steps']);
  assert.deepEqual(page.entries, ['#']);
  assert.equal(page.location.hash, '#y=linear&net=4&steps=0');
});

test('reads a preset’s name in a link, lets other parts override it, and names an unknown preset', () => {
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

test('reads links that a messenger has escaped', () => {
  const { state, unread } = readLink('#runs=normal%2Cstd%3A0.5%3Bzeros%2Fopt%3Dadam&net=4%2C4');
  assert.deepEqual(unread, []);
  assert.equal(state.runs[0].init.std, 0.5);
  assert.deepEqual(state.runs[1].own.optimizer, { name: 'adam' });
  assert.deepEqual(state.layers, [4, 4]);
});

test('replaces and names names and parameters that the catalogue does not contain', () => {
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
    precisions: [],
    fields: [],
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

test('gives a run the shared settings, except its own', () => {
  const state = startState();
  const run = { ...state.runs[0], own: { layers: [3, 3, 3], activations: ['tanh', 'relu'] } };
  const settings = settingsOf(state, run);
  assert.deepEqual(settings.layers, [3, 3, 3]);
  assert.deepEqual(settings.activations, ['tanh', 'relu', 'relu']);
  assert.deepEqual(settings.optimizer, state.optimizer);
  assert.equal(specOf(state, run).init.seed, state.seed);
});

test('keeps a run enlarged while it is moved', () => {
  const store = new Store(readLink('solo=2&look=2').state);
  const { id } = store.state.runs[1];
  store.moveRun(id, 1);
  assert.equal(store.state.runs[store.state.solo].id, id);
  assert.equal(store.state.runs[store.state.selected].id, id);
  store.set({ solo: -1 });
  store.moveRun(id, -1);
  assert.equal(store.state.solo, -1);
});

test('makes the seed within an initializer the run’s own setting', () => {
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

test('opens a link of 100 layers with an initializer for the last one', () => {
  const { state, unread } = readLink(`net=${Array(100).fill(4).join()}&runs=he_normal/init101=zeros`);
  assert.deepEqual(unread, []);
  assert.equal(state.layers.length, 100);
  assert.equal(state.runs[0].init.layers?.[100].name, 'zeros');
  assert.deepEqual(readLink(writeLink(state)).state.layers, state.layers);
});

test('shortens a very long value in a notice, and ignores line breaks', () => {
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

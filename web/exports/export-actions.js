// The lab's exports, by the names of the menu's entries.

import { dataError } from '../../src/js/errors.js';
import { copy } from './copy.js';
import { languageQuery } from './language-query.js';
import { rowPicture, toPng } from './row-picture.js';
import { save, saveText } from './save.js';
import { historyCsv } from '../../src/js/exports/history-table.js';
import { exportScript } from '../../src/js/exports/export-script.js';
import { measurementsCsv } from '../../src/js/exports/measurements-table.js';
import { tensorsOf, writeSafetensors } from '../../src/js/exports/weights.js';
import { jsonText } from '../../src/js/json.js';
import { t } from '../texts/index.js';
import { cost, whole } from '../texts/format.js';
import { scoreText, sentenceOf } from '../texts/words.js';
import { writeLink } from '../state/table.js';
import { ask } from '../race/race.js';

/** @typedef {import('../state/model.js').LabModel} LabModel */

/**
 * Longer links, for instance with points, are not written below a picture: nobody would type them.
 */
const LONGEST_LINK = 2000;

/** Returns a file name for a run. @param {string} name */
const fileName = (name) =>
  `init-lab-${name
    .toLowerCase()
    .replace('×', 'x')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '')}`;

/**
 * Returns the address of the lab with this experiment, in the page's language.
 *
 * @param {LabModel} model
 */
export function linkOf(model) {
  const address = new URL(location.href);
  address.search = languageQuery();
  address.hash = writeLink(model.store.state);
  return address.href;
}

/**
 * Returns a run's spec with all measurements.
 * @param {LabModel} model
 * @param {string} id
 */
async function resultOf(model, id) {
  const run = /** @type {import('../state/table.js').RunChoice} */ (
    model.store.state.runs.find((candidate) => candidate.id === id)
  );
  return { name: model.nameOf(run), ...(await model.race.result(id)) };
}

/**
 * Downloads a script that reproduces a run.
 *
 * @param {LabModel} model
 * @param {string} id of the run
 * @param {import('../../src/js/exports/export-script.js').Framework} framework
 */
async function saveScript(model, id, framework) {
  const { name, spec, iteration, metrics } = await resultOf(model, id);
  const isNew = iteration === 0;
  const { network, parameters } = await ask((lab) => lab.initialNetwork(spec));
  const script = exportScript(framework, {
    spec,
    network,
    activations: /** @type {import('../../src/js/types.js').Catalogue['activations']} */ (
      /** @type {any} */ (model.catalogue).activations
    ),
    iterations: isNew ? spec.iterations : iteration,
    metrics: isNew ? null : metrics,
    data: /** @type {import('../race/types.js').Dataset} */ (model.race.datasets.get(id)),
    initial: parameters,
    title: name,
    link: linkOf(model),
  });
  const suffix = framework === 'numpy' ? '' : `-${framework}`;
  saveText(`${fileName(name)}${suffix}.py`, script, 'text/x-python');
}

/**
 * Downloads a run's weights under PyTorch's parameter names.
 * @param {LabModel} model
 * @param {string} id
 */
async function saveWeights(model, id) {
  const { name, spec, parameters } = await resultOf(model, id);
  const { network } = await ask((lab) => lab.initialNetwork(spec));
  const bytes = writeSafetensors(tensorsOf(network, parameters), { format: 'pt' });
  save(
    `${fileName(name)}.safetensors`,
    new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: 'application/octet-stream' }),
  );
}

/**
 * Measures every run that can be trained.
 *
 * @param {LabModel} model
 * @returns {Promise<import('../../src/js/exports/measurements-table.js').Measurement[]>}
 */
const measurements = (model) =>
  Promise.all(
    model.store.state.runs
      .filter(({ id }) => !model.race.problems.has(id))
      .map(async (run) => ({
        name: model.nameOf(run),
        ...(await model.race.measurements(run.id)),
        conditions: [],
      })),
  );

/**
 * @param {LabModel} model
 * @param {{ run: string, canvas: HTMLCanvasElement | null }[]} pictures
 */
function rowOf(model, pictures) {
  const parts = pictures.flatMap(({ run: id, canvas }) => {
    const run = model.store.state.runs.find((candidate) => candidate.id === id);
    const frame = model.race.latest.get(id);
    if (!run || !frame || !canvas) return [];
    const [train, test] = [frame.metrics.trainAccuracy, frame.metrics.testAccuracy].map((value) =>
      scoreText(model.race.answers.get(id), value),
    );
    return [
      {
        canvas,
        title: model.nameOf(run),
        lines: [
          `${t('run.train')} ${train}   ${t('run.test')} ${test}   ${t('run.cost')} ${cost(frame.metrics.cost)}`,
          frame.state ? sentenceOf(frame.state).short : '',
        ],
      },
    ];
  });
  const position = whole(model.race.frame?.position ?? 0);
  const link = linkOf(model);
  return rowPicture(
    parts,
    `Init Lab · ${t('transport.iteration')} ${position}`,
    link.length > LONGEST_LINK ? t('share.long', { count: whole(link.length) }) : link,
  );
}

/**
 * Copies or downloads one export.
 *
 * @param {LabModel} model
 * @param {string} name of the export
 * @param {string} id of the run
 * @param {{ run: string, canvas: HTMLCanvasElement | null }[]} pictures the visible fields
 * @returns {Promise<string | void>} a message for the reader
 */
export async function runExport(model, name, id, pictures) {
  const all = () =>
    Promise.all(
      model.store.state.runs
        .filter((run) => !model.race.problems.has(run.id))
        .map((run) => resultOf(model, run.id)),
    );
  /** @type {Record<string, () => Promise<string | void>>} */
  const actions = {
    link: () => copy(linkOf(model)),
    async png() {
      const canvas = pictures.find(({ run }) => run === id)?.canvas;
      if (!canvas) throw dataError(Error, { code: 'no-picture' });
      const result = await resultOf(model, id);
      save(`${fileName(result.name)}.png`, await toPng(canvas));
    },
    row: async () => save('init-lab.png', await toPng(rowOf(model, pictures))),
    async csv() {
      const result = await resultOf(model, id);
      saveText(`${fileName(result.name)}.csv`, historyCsv([result]), 'text/csv');
    },
    table: async () => saveText('init-lab.csv', historyCsv(await all()), 'text/csv'),
    signals: async () =>
      saveText(
        'init-lab-signals.csv',
        measurementsCsv(await measurements(model), { singularValues: false }),
        'text/csv',
      ),
    async json() {
      const result = await resultOf(model, id);
      saveText(
        `${fileName(result.name)}.json`,
        jsonText({ link: linkOf(model), ...result }, 1),
        'application/json',
      );
    },
    all: async () =>
      saveText('init-lab.json', jsonText({ link: linkOf(model), runs: await all() }, 1), 'application/json'),
    numpy: () => saveScript(model, id, 'numpy'),
    torch: () => saveScript(model, id, 'torch'),
    keras: () => saveScript(model, id, 'keras'),
    jax: () => saveScript(model, id, 'jax'),
    weights: () => saveWeights(model, id),
  };
  return actions[name]();
}

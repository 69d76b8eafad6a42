// Everything that a reader can take away from the lab, by name.

import { copy } from './copy.js';
import { save, saveText } from './save.js';
import { spoken } from './spoken.js';
import { t } from '../texts/index.js';
import { cost, percent, whole } from '../texts/format.js';
import { sentenceOf } from '../texts/words.js';
import { writeLink } from '../state/table.js';
import { ask } from '../race/race.js';
import { numpyScript } from './numpy.js';
import { rowPicture, toPng } from './pictures.js';
import { historyCsv, toJson } from './tables.js';

/** @typedef {import('../state/model.js').LabModel} LabModel */

/** A link under a picture is there to be typed or read by a machine; own points make links that are good for neither. */
const LONGEST_SHOWN = 2000;

/** A file's name from a run's. @param {string} name */
const fileName = (name) =>
  `init-lab-${name
    .toLowerCase()
    .replace('×', 'x')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '')}`;

/** The address of the lab, be it a page or a file, with this experiment, in this language. @param {LabModel} model */
function linkOf(model) {
  const address = new URL(location.href);
  address.search = spoken();
  address.hash = writeLink(model.store.state);
  return address.href;
}

/** A run with everything that was measured, for files. @param {LabModel} model @param {string} id */
async function resultOf(model, id) {
  const run = /** @type {import('../state/table.js').RunChoice} */ (
    model.store.state.runs.find((candidate) => candidate.id === id)
  );
  return { name: model.nameOf(run), ...(await model.race.result(id)) };
}

/** @param {LabModel} model @param {string} id @returns {Promise<string>} */
async function scriptOf(model, id) {
  const { name, spec, iteration, metrics } = await resultOf(model, id);
  const fresh = iteration === 0;
  return numpyScript({
    spec,
    iterations: fresh ? spec.iterations : iteration,
    metrics: fresh ? null : metrics,
    data: /** @type {import('../race/types.js').Dataset} */ (model.race.datasets.get(id)),
    initial: await ask({ type: 'initial', spec }),
    title: name,
    link: linkOf(model),
  });
}

/** @param {LabModel} model @param {{ run: string, canvas: HTMLCanvasElement | null }[]} pictures */
function rowOf(model, pictures) {
  const parts = pictures.flatMap(({ run: id, canvas }) => {
    const run = model.store.state.runs.find((candidate) => candidate.id === id);
    const frame = model.race.latest.get(id);
    if (!run || !frame || !canvas) return [];
    const { trainAccuracy, testAccuracy } = frame.metrics;
    return [
      {
        canvas,
        title: model.nameOf(run),
        lines: [
          `${t('run.train')} ${percent(trainAccuracy)}   ${t('run.test')} ${percent(testAccuracy)}   ${t('run.cost')} ${cost(frame.metrics.cost)}`,
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
    link.length > LONGEST_SHOWN ? t('share.long', { count: whole(link.length) }) : link,
  );
}

/**
 * @param {LabModel} model
 * @param {string} what
 * @param {string} id of the run that is meant
 * @param {{ run: string, canvas: HTMLCanvasElement | null }[]} pictures the fields that are shown
 * @returns {Promise<string | void>} what to tell the reader
 */
export async function takeAway(model, what, id, pictures) {
  const all = () =>
    Promise.all(
      model.store.state.runs
        .filter((run) => !model.race.problems.has(run.id))
        .map((run) => resultOf(model, run.id)),
    );
  /** @type {Record<string, () => Promise<string | void>>} */
  const ways = {
    link: () => copy(linkOf(model)),
    async png() {
      const canvas = pictures.find(({ run }) => run === id)?.canvas;
      if (!canvas) throw new Error('There is no picture of this run.');
      const { name } = await resultOf(model, id);
      save(`${fileName(name)}.png`, await toPng(canvas));
    },
    row: async () => save('init-lab.png', await toPng(rowOf(model, pictures))),
    async csv() {
      const result = await resultOf(model, id);
      saveText(`${fileName(result.name)}.csv`, historyCsv([result]), 'text/csv');
    },
    table: async () => saveText('init-lab.csv', historyCsv(await all()), 'text/csv'),
    async json() {
      const result = await resultOf(model, id);
      saveText(
        `${fileName(result.name)}.json`,
        toJson({ link: linkOf(model), ...result }),
        'application/json',
      );
    },
    all: async () =>
      saveText('init-lab.json', toJson({ link: linkOf(model), runs: await all() }), 'application/json'),
    async numpy() {
      const { name } = await resultOf(model, id);
      saveText(`${fileName(name)}.py`, await scriptOf(model, id), 'text/x-python');
    },
  };
  return ways[what]();
}

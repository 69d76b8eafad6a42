/**
 * init-lab butterfly: how far two trainings drift apart whose start differs by one unit in the last
 * place.
 */
import { Option } from 'commander';
import { butterfly } from '../butterfly.js';
import { csvText, short } from '../csv.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { mapExperiments, readWithData } from './inputs.js';
import { JSON_HELP, tableText, write } from './output.js';
import { wholeNumber, withInputOptions } from './training-options.js';

/** @param {import('commander').Command} program */
export function addButterfly(program) {
  withInputOptions(
    program
      .command('butterfly')
      .summary('measure how far a rounding error grows')
      .description(
        `Trains each experiment twice, the second time with W1[0][0] one unit in the last place greater, and shows the largest
distance between two parameters during training: about 1e-16 if rounding errors stay small, far more if the training is
chaotic.`,
      ),
  )
    .addOption(new Option('--iterations <n>', 'iterations to train').argParser(wholeNumber(1)).default(600))
    .addOption(
      new Option('--every <n>', 'iterations between two measurements').argParser(wholeNumber(1)).default(100),
    )
    .option('--csv', 'as comma-separated values')
    .addOption(new Option('--json', 'as JSON').conflicts('csv'))
    .addHelpText('after', `\n${JSON_HELP}`)
    .action(async (source, options) => {
      const { iterations, every, csv, json } = options;
      const lab = await loadLab();
      const runs = mapExperiments(await readWithData(lab, source, options), ({ name, spec }) => ({
        name,
        distances: butterfly(lab, spec, { iterations, every }),
      }));
      if (json) {
        await write(`${jsonText(runs, 2)}\n`);
        return;
      }
      const format = csv ? Number : short;
      const rows = runs[0].distances.map(({ iteration }, i) => [
        iteration,
        ...runs.map(({ distances }) => format(distances[i].distance)),
      ]);
      await write((csv ? csvText : tableText)(['iteration', ...runs.map(({ name }) => name)], rows));
    });
}

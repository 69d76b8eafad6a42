/** init-lab butterfly: how far trainings drift apart that start one unit in the last place apart. */
import { Option } from 'commander';
import { butterfly } from '../butterfly.js';
import { loadLab } from '../lab.js';
import { ofEach, readWithChanges } from './inputs.js';
import { JSON_HELP, csvText, jsonText, short, tableText, write } from './output.js';
import { collect, wholeNumber } from './training.js';

/** @param {import('commander').Command} program */
export function addButterfly(program) {
  program
    .command('butterfly')
    .summary('tell chaos from rounding')
    .description(
      'Trains each experiment twice, the second time with W1[0][0] one unit in the last place greater, and shows the largest\ndistance of two parameters on the way: about 1e-16 where rounding stays rounding, far more where training is chaotic.',
    )
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option('--set <field=value>', 'replace a field (repeatable)', collect)
    .addOption(new Option('--iterations <n>', 'how long to train').argParser(wholeNumber(1)).default(600))
    .addOption(
      new Option('--every <n>', 'iterations between two measurements').argParser(wholeNumber(1)).default(100),
    )
    .option('--csv', 'as comma-separated values')
    .addOption(new Option('--json', 'as JSON').conflicts('csv'))
    .addHelpText('after', `\n${JSON_HELP}`)
    .action(async (source, { set, iterations, every, csv, json }) => {
      const lab = await loadLab();
      const runs = ofEach(readWithChanges(lab, source, set), ({ name, spec }) => ({
        name,
        distances: butterfly(lab, spec, { iterations, every }),
      }));
      if (json) {
        await write(`${jsonText(runs, 2)}\n`);
        return;
      }
      const shown = csv ? Number : short;
      const rows = runs[0].distances.map(({ iteration }, i) => [
        iteration,
        ...runs.map(({ distances }) => shown(distances[i].distance)),
      ]);
      await write((csv ? csvText : tableText)(['iteration', ...runs.map(({ name }) => name)], rows));
    });
}

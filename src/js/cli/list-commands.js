/** init-lab presets, initializers, schema: lists of the names that an experiment can use. */
import { short } from '../csv.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { experimentSchema } from '../schema.js';
import { readPresets } from './inputs.js';
import { tableText, write } from './output.js';
import { wholeNumber } from './training-options.js';

/** @typedef {import('commander').Command} Command */

/** @param {Command} program */
export function addPresets(program) {
  program
    .command('presets')
    .summary('list the experiments that ship with the lab')
    .description('Lists the experiments that ship with the lab; run and sweep take them by name.')
    .option('--json', 'all presets in full, as JSON')
    .action(async ({ json }) => {
      const presets = readPresets();
      if (json) await write(`${jsonText(presets, 2)}\n`);
      else
        await write(
          tableText(
            ['name', 'shows'],
            presets.map(({ id, sentence }) => [id, sentence?.en]),
          ),
        );
    });
}

/** @param {Command} program */
export function addInitializers(program) {
  program
    .command('initializers')
    .summary('list the initializers with their formulas')
    .description(
      'Lists the initializers: formula, and standard deviation of a weight in a layer of given fan-in and fan-out.',
    )
    .option('--fan-in <n>', 'inputs of the layer', wholeNumber(1), 10)
    .option('--fan-out <n>', 'units of the layer', wholeNumber(1), 10)
    .option('--json', 'with labels, parameters, ranges and citations')
    .action(async ({ fanIn, fanOut, json }) => {
      const lab = await loadLab();
      const rows = lab.catalogue.initializers.map((row) => ({
        ...row,
        standardDeviation: lab.weightStandardDeviation({ name: row.name }, fanIn, fanOut),
      }));
      if (json) {
        await write(`${jsonText(rows, 2)}\n`);
        return;
      }
      const head = ['name', `std at ${fanIn} → ${fanOut}`, 'formula', 'parameters', 'made for'];
      const cells = rows.map(({ name, standardDeviation, formula, parameters, madeFor }) => [
        name,
        short(standardDeviation),
        formula,
        parameters.map((info) => `${info.name}=${info.value}`).join(' '),
        madeFor.join(', '),
      ]);
      await write(tableText(head, cells));
    });
}

/** @param {Command} program */
export function addSchema(program) {
  program
    .command('schema')
    .summary('write the JSON schema of an experiment')
    .description(
      'Writes the JSON schema of an experiment, for editors to complete from and validators to check with.',
    )
    .action(async () => {
      const { catalogue } = await loadLab();
      await write(`${jsonText(experimentSchema(catalogue), 2)}\n`);
    });
}

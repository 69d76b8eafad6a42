/** init-lab diagnose and theory: what the signals do at the start, and what was to be expected. */
import { Option } from 'commander';
import { loadLab } from '../lab.js';
import { readWithChanges } from './inputs.js';
import { jsonText, short, tableText, write } from './output.js';
import { collect, wholeNumber } from './training.js';

/** @typedef {import('commander').Command} Command */

/** @param {Command} program */
export function addDiagnose(program) {
  program
    .command('diagnose')
    .summary('measure signals, gradients and dead units')
    .description(
      'Measures every layer on the training examples: variances of pre-activation and gradient beside those that theory\npredicts, dead, saturated and distinct units, rank.',
    )
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option('--set <field=value>', 'replace a field (repeatable)', collect)
    .addOption(
      new Option('--at <iteration>', 'after so many iterations').argParser(wholeNumber(0)).default(0),
    )
    .option('--json', 'everything that was measured, as JSON')
    .action(async (source, { set, at, json }) => {
      const lab = await loadLab();
      const runs = readWithChanges(source, set).map(({ name, spec }) => {
        const session = lab.createSession(spec);
        try {
          const predicted = session.predictedSignals();
          session.step(at);
          return { name, iteration: at, ...session.diagnostics(), predicted };
        } finally {
          session.dispose();
        }
      });
      if (json) {
        await write(`${jsonText(runs, 2)}\n`);
        return;
      }
      const head = [
        'experiment',
        'layer',
        'variance of z',
        'predicted',
        'gradient norm',
        'dead',
        'saturated',
        'distinct',
        'rank',
      ];
      const rows = runs.flatMap(({ name, layers, predicted }) =>
        layers.map((layer, l) => [
          name,
          l + 1,
          short(layer.preActivation.variance),
          at === 0 ? short(predicted[l].preActivation) : '',
          short(layer.gradientNorm),
          layer.dead.length,
          short(layer.saturated),
          layer.distinct,
          layer.rank,
        ]),
      );
      await write(tableText(head, rows));
    });
}

/** @param {Command} program */
export function addTheory(program) {
  program
    .command('theory')
    .summary('mean-field theory of wide networks')
    .description(
      'For weights of variance WEIGHT / n_in and biases of variance BIAS: the variance that pre-activations tend to (q*),\nchi1 (1 is the edge of chaos) and how many layers a signal survives. Poole et al. 2016, Schoenholz et al. 2017.',
    )
    .argument('<activation>', 'relu, tanh, …')
    .requiredOption('--weight-variance <number>', 'sigma_w²', Number)
    .option('--bias-variance <number>', 'sigma_b²', Number, 0)
    .option('--json', 'as JSON')
    .action(async (activation, { weightVariance, biasVariance, json }) => {
      const { theory } = await loadLab();
      const point = theory.meanField({ activation, weightVariance, biasVariance });
      const edge = theory.edgeOfChaos(activation, biasVariance);
      if (json) await write(`${jsonText({ ...point, edgeOfChaos: edge }, 2)}\n`);
      else {
        const rows = [
          ['q*', point.fixedVariance],
          ['chi1', point.chi1],
          ['depth scale', point.depthScale],
          ['weight variance at the edge of chaos', edge.weightVariance],
        ];
        await write(
          tableText(
            ['quantity', 'value'],
            rows.map(([name, value]) => [name, short(Number(value))]),
          ),
        );
      }
    });
}

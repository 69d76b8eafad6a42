/** init-lab export: scripts for frameworks, and weights as files. */
import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { FRAMEWORKS, exportScript } from '../exports/export-script.js';
import { tensorsOf, writeNpz, writeSafetensors } from '../exports/weights.js';
import { loadLab } from '../lab.js';
import { UsageError } from './exit.js';
import { checkOutput } from './file-checks.js';
import { packageInfo, readWithChanges } from './inputs.js';
import { write } from './output.js';
import { wholeNumber, withInputOptions } from './training-options.js';

/** @typedef {import('../experiments.js').NamedSpec} NamedSpec */
/** @typedef {import('../exports/export-script.js').Framework} Framework */
/** @typedef {import('../types.js').Network} Network */

/** @type {Record<string, (network: Network, parameters: Float64Array) => Uint8Array>} */
const WEIGHTS = {
  npz: (network, parameters) => writeNpz(tensorsOf(network, parameters)),
  safetensors: (network, parameters) =>
    writeSafetensors(tensorsOf(network, parameters), { format: 'pt', 'init-lab': packageInfo.version }),
};

/**
 * Chooses one experiment.
 *
 * @param {NamedSpec[]} experiments
 * @param {string | undefined} run its name
 */
function chosen(experiments, run) {
  if (run === undefined && experiments.length === 1) return experiments[0];
  const found = experiments.find(({ name }) => name === run);
  if (found) return found;
  const names = experiments.map(({ name }) => `"${name}"`);
  throw new UsageError(run === undefined ? 'several-experiments' : 'unknown-run', {
    field: '--run',
    value: run,
    names,
  });
}

/** @param {import('commander').Command} program */
export function addExport(program) {
  withInputOptions(
    program
      .command('export')
      .summary('write a script for PyTorch, Keras, JAX or NumPy, or the weights')
      .description(
        `Writes a script that trains the same network from the same data and the same initial weights, or the weights as a file
with the names and shapes of PyTorch (layers.0.weight, out by in). PyTorch's script takes the name of a file for the trained
network as ONNX.`,
      ),
  )
    .addOption(
      new Option('--to <format>', 'what to write')
        .choices([...FRAMEWORKS, ...Object.keys(WEIGHTS)])
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--run <name>', 'the experiment, if there are several')
    .addOption(
      new Option(
        '--at <iteration>',
        'iterations to train (default: the iterations of the experiment)',
      ).argParser(wholeNumber(0)),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ init-lab export he --run he_normal --to torch > he.py
  $ python3 he.py he.onnx
  $ init-lab export experiment.yaml --to safetensors --at 0 -o start.safetensors
  $ init-lab diagnose start.safetensors --data train.csv`,
    )
    .action(async (source, options) => {
      const { to, output, at } = options;
      if (output === undefined && Object.hasOwn(WEIGHTS, to) && process.stdout.isTTY)
        throw new UsageError('terminal', { field: '--output', content: 'weights' });
      checkOutput(output);
      const lab = await loadLab();
      const { name, spec: wanted } = chosen(readWithChanges(lab, source, options), options.run);
      await lab.loadDataset(wanted.dataset?.name);
      const session = lab.createSession(wanted);
      try {
        const { spec, network } = session;
        const iterations = at ?? spec.iterations;
        const initial = session.parameters();
        session.step(iterations);
        const content = Object.hasOwn(WEIGHTS, to)
          ? WEIGHTS[to](network, session.parameters())
          : exportScript(/** @type {Framework} */ (to), {
              spec: /** @type {import('../exports/script-parts.js').ScriptSpec} */ (spec),
              network,
              activations: lab.catalogue.activations,
              iterations,
              metrics: session.metrics(),
              data: lab.dataset(spec.dataset, spec.output),
              initial,
              title: name,
            });
        if (output === undefined) await write(content);
        else writeFileSync(output, content);
      } finally {
        session.dispose();
      }
    });
}

/**
 * Checks or renews tests/fixtures/digests.txt: experiments, each with a digest of the parameters
 * that its training leaves. Every runtime and compiler must give the same digests.
 *
 *   node scripts/digests.mjs                        checks them with the built module
 *   node scripts/digests.mjs --update "the reason"  renews them and records the reason
 *
 * Renew a digest only when a result is meant to change: a renewed digest breaks every link to that
 * kind of experiment. New experiments are added as lines with "-" in place of the digest.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { loadLab } from '../src/js/index.js';
import { digestFile, digestOf, specFrom } from '../tests/js/spec-lines.js';
import { script, StepError } from './steps.mjs';

await script(async () => {
  const update = argv.indexOf('--update');
  const reason = update < 0 ? undefined : argv[update + 1];
  if (update >= 0 && !reason) throw new StepError('--update needs the reason in quotes');
  const lab = await loadLab();
  /** @type {string[]} */
  const changed = [];
  const lines = [];
  for (const line of readFileSync(digestFile, 'utf8').split('\n')) {
    const [digest, ...rest] = line.split(' ');
    if (line === '' || digest === '#') {
      lines.push(line);
      continue;
    }
    const { parameters } = await lab.run(specFrom(rest.join(' ')));
    const measured = digestOf(parameters);
    if (measured !== digest) changed.push(`${digest} is now ${measured}: ${rest.join(' ')}`);
    lines.push([measured, ...rest].join(' '));
  }
  if (changed.length === 0) {
    console.log('every digest agrees');
  } else if (reason === undefined) {
    throw new StepError(`${changed.join('\n')}\n${changed.length} digests differ`);
  } else {
    const first = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
    lines.splice(first, 0, `# renewed ${changed.length}: ${reason}`);
    writeFileSync(digestFile, lines.join('\n'));
    console.log(`${changed.length} digests renewed`);
  }
});

/**
 * From a fresh clone to the page: sets up, builds, serves dist/site on this machine.
 *
 *   npm start [-- --port 8000]     (or PORT in the environment)
 */
import { join } from 'node:path';
import { env } from 'node:process';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { setup } from './setup.mjs';
import { createSiteServer, listen } from './site-server.mjs';
import { root, script, StepError } from './steps.mjs';

/** Tried in turn when none is asked for. */
const usualPorts = [8000, 8001, 8002, 8003, 0];

/** @param {string | undefined} asked */
function portsToTry(asked) {
  if (asked === undefined) return usualPorts;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new StepError(`The port is ${asked}; expected an integer from 0 (any free one) to 65535`);
  }
  return [port];
}

await script(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  const ports = portsToTry(values.port ?? env.PORT);
  await setup(['build']);
  await build(['module', 'site']);
  for (const port of ports) {
    try {
      const address = await listen(createSiteServer(join(root, 'dist', 'site')), port);
      console.log(`Init Lab is at ${address}  (Ctrl+C ends it)`);
      return;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE') throw error;
    }
  }
  throw new StepError(`Port ${ports[0]} is taken; choose another with --port, for instance --port 0.`);
});

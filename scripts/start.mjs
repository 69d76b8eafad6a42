/**
 * Sets up, builds and serves dist/site on this machine: from a fresh clone to the page.
 *
 *   npm start [-- --port 8000]     (or PORT in the environment)
 */
import { join } from 'node:path';
import { env } from 'node:process';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { setup } from './setup.mjs';
import { root, script, StepError } from './steps.mjs';

/** Tried in turn unless the caller names a port. */
const usualPorts = [8000, 8001, 8002, 8003, 0];

/** @param {string | undefined} asked */
function portsToTry(asked) {
  if (asked === undefined) return usualPorts;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new StepError(`the port must be a whole number from 0 (any free port) to 65535, but is ${asked}`);
  }
  return [port];
}

await script(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  const ports = portsToTry(values.port ?? env.PORT);
  await setup(['build']);
  await build(['module', 'site']);
  // Imported here, because the set-up above installs the packages that it needs.
  const { createSiteServer, listen } = await import('./site-server.mjs');
  for (const port of ports) {
    try {
      const address = await listen(createSiteServer(join(root, 'dist', 'site')), port);
      console.log(`Init Lab is at ${address}  (press Ctrl+C to stop)`);
      return;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE') throw error;
    }
  }
  throw new StepError(`port ${ports[0]} is in use; choose another one, or any free one with --port 0`);
});

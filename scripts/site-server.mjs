/**
 * A server of static files for trying the built page and for the browser tests. It sends the strict
 * content security policy that the page promises to work under, so that a breach of it fails here
 * first.
 */
import { createServer } from 'node:http';
import send from 'send';
import { contentPolicy } from './content-policy.mjs';

/** The response when a file cannot be sent, by the code of the system's error. */
const FAILURES = /** @type {Record<string, [status: number, text: string]>} */ ({
  EACCES: [403, 'The server may not read this file.'],
  EPERM: [403, 'The server may not read this file.'],
  EMFILE: [503, 'The server has too many files open. Try again.'],
  ENFILE: [503, 'The server has too many files open. Try again.'],
});

/**
 * Accepted names of this machine. The server refuses a page of another site that resolves to it.
 */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Makes a server; the caller lets it listen and closes it.
 *
 * @param {string} folder what is served
 * @param {{ policy?: string | null }} [options] the Content-Security-Policy header, null for none
 * @returns {import('node:http').Server}
 */
export function createSiteServer(folder, { policy = contentPolicy() } = {}) {
  return createServer((request, response) => {
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-cache');
    // As hosts of static files do, so that pages elsewhere may load init-lab.js.
    response.setHeader('Access-Control-Allow-Origin', '*');
    const refuse = (/** @type {number} */ status, /** @type {string} */ text) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);

    if (!LOOPBACK.test(request.headers.host ?? '')) {
      refuse(403, 'This server answers only to this machine.');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      refuse(405, 'Only GET and HEAD are answered.');
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    send(request, pathname, { root: folder, cacheControl: false, lastModified: false, etag: false })
      .on('error', (error) => {
        if (response.headersSent) response.destroy();
        else refuse(...(FAILURES[error.code] ?? [404, 'There is nothing at this address.']));
      })
      .pipe(response);
  });
}

/**
 * Lets a server listen on this machine only.
 *
 * @param {import('node:http').Server} server
 * @param {number} port 0 takes any free one
 * @returns {Promise<string>} the address, ending in a slash
 */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve(`http://localhost:${taken}/`);
    });
  });
}

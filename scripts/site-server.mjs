/**
 * A server of static files for trying the built page and for the browser tests. It sends the strict content security
 * policy that the page promises to work under, so that a breach shows itself here first.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** The policy of a careful host: nothing inline, no eval, nothing from elsewhere. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
].join('; ');

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The file that a request's path stands for.
 *
 * @param {string} folder
 * @param {string} url the request's path and query
 * @returns {string | undefined} undefined where there is none, or it would lie outside the folder
 */
function fileFor(folder, url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const file = join(folder, path.endsWith(sep) ? join(path, 'index.html') : path);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a server; the caller lets it listen and closes it.
 *
 * @param {string} folder what is served
 * @param {{ policy?: string | null }} [options] the Content-Security-Policy header, null for none
 * @returns {import('node:http').Server}
 */
export function createSiteServer(folder, { policy = contentSecurityPolicy } = {}) {
  return createServer((request, response) => {
    // The examples with an iframe stand for pages of other people, who allow it.
    const frames = request.url?.startsWith('/examples/') ? "; frame-src 'self'" : '';
    if (policy) response.setHeader('Content-Security-Policy', policy + frames);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-cache');
    // As hosts of static files do, so that pages elsewhere may load init-lab.js.
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const file = fileFor(folder, request.url ?? '/');
    if (!file) {
      response.writeHead(404, { 'Content-Type': types['.txt'] }).end('There is nothing at this address.\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
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

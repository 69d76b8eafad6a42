import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiReference } from '../../../scripts/api-reference.mjs';

test('lists the functions of the package with their comments', () => {
  const page = apiReference();
  for (const expected of [
    '<h2>The lab</h2>',
    'predict(grid: Grid, options?: { centred?: boolean; }): Float32Array',
    'rows by columns, row 0 at the top',
    'function createPool',
    'const pool = createPool({ size: 4 });\nconst results',
    '<li>throws <code>TypeError</code>: for a wasmUrl or workerUrl that is not an address</li>',
    'function butterfly(lab: Lab, spec: Spec,',
  ])
    assert.ok(page.includes(expected), `the reference lacks ${expected}`);
  for (const internal of ['loadModule', 'type Member'])
    assert.ok(!page.includes(internal), `the reference has ${internal}`);
  // Nothing of a comment's own signs is left, and every bracket is closed.
  assert.ok(!/\*\/|<p>\/\/\//.test(page));
  for (const tag of ['section', 'h2', 'h3', 'p', 'ul', 'li', 'code'])
    assert.equal(page.split(new RegExp(`<${tag}[ >]`)).length, page.split(`</${tag}>`).length, tag);
});

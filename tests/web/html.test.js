// Every built page is valid HTML.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { root } from '../../scripts/steps.mjs';
import { site } from './browser.js';

const pages = readdirSync(site, { encoding: 'utf8', recursive: true }).filter((file) =>
  file.endsWith('.html'),
);
const rules = new StaticConfigLoader(JSON.parse(readFileSync(join(root, '.htmlvalidate.json'), 'utf8')));

test('finds the built pages', () => assert.ok(pages.length >= 10, pages.join(' ')));

test('publishes the schema of an experiment beside the pages', () => {
  const [built, published] = [join(root, 'dist'), site].map((folder) =>
    readFileSync(join(folder, 'experiment.schema.json'), 'utf8'),
  );
  assert.equal(published, built);
});

test('has no script whose name a plain web server does not know', () => {
  // nginx serves .mjs as octet-stream, which browsers refuse as a module.
  const files = readdirSync(site, { encoding: 'utf8', recursive: true });
  assert.deepEqual(
    files.filter((file) => /\.(mjs|cjs|ts)$/.test(file)),
    [],
  );
});

for (const page of pages) {
  test(`builds ${page} as valid HTML`, async () => {
    const { results } = await new HtmlValidate(rules).validateFile(join(site, page));
    const findings = results.flatMap(({ messages }) =>
      messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`),
    );
    assert.deepEqual(findings, []);
  });
}

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

test('there are pages', () => assert.ok(pages.length >= 10, pages.join(' ')));

test('the schema of an experiment is published beside them', () => {
  const [built, published] = [join(root, 'dist'), site].map((folder) =>
    readFileSync(join(folder, 'experiment.schema.json'), 'utf8'),
  );
  assert.equal(published, built);
});

for (const page of pages) {
  test(`${page} is valid`, async () => {
    const { results } = await new HtmlValidate(rules).validateFile(join(site, page));
    const said = results.flatMap(({ messages }) =>
      messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`),
    );
    assert.deepEqual(said, []);
  });
}

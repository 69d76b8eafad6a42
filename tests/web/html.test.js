// Every built page is valid HTML.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { filesUnder } from '../../scripts/files.mjs';
import { root } from '../../scripts/steps.mjs';

const pages = filesUnder('dist/site').filter((file) => file.endsWith('.html'));

test('there are pages', () => assert.ok(pages.length >= 10, pages.join(' ')));

test('the schema of an experiment is published beside them', () => {
  const [built, published] = ['dist', 'dist/site'].map((folder) =>
    readFileSync(join(root, folder, 'experiment.schema.json'), 'utf8'),
  );
  assert.equal(published, built);
});

for (const page of pages) {
  test(`${page} is valid`, async () => {
    const { results } = await new HtmlValidate(new FileSystemConfigLoader()).validateFile(join(root, page));
    const said = results.flatMap(({ messages }) =>
      messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`),
    );
    assert.deepEqual(said, []);
  });
}

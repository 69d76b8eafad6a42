// Every built page is valid HTML.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { filesUnder } from '../../scripts/files.mjs';
import { root } from '../../scripts/steps.mjs';

const pages = filesUnder('dist/site').filter((file) => file.endsWith('.html'));

test('there are pages', () => assert.ok(pages.length >= 10, pages.join(' ')));

for (const page of pages) {
  test(`${page} is valid`, async () => {
    const { results } = await new HtmlValidate(new FileSystemConfigLoader()).validateFile(join(root, page));
    const said = results.flatMap(({ messages }) =>
      messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`),
    );
    assert.deepEqual(said, []);
  });
}

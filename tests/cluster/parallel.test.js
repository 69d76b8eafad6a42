// GNU parallel (Debian's package parallel) with the example that ships.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareWithOneMachine, examples, prepare, run } from './support.js';

test('8 parts under GNU parallel merge byte for byte to the file of one machine', async () => {
  const place = prepare(20);
  await run('bash', [join(examples, 'parallel.sh')], place.options);
  const { merged, single } = await compareWithOneMachine(place);
  assert.equal(merged.split('\n').length, 1 + 1000 + 1);
  assert.ok(merged === single, 'the files differ');
});

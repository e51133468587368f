// The table of the security run names tests by their titles: each must be there, or the table would say more than was tested.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POINTS } from '../security/points.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('The table of the security run', () => {
  it('names tests that exist, at least one for every way around the procedure', () => {
    for (const { number, tests } of POINTS) {
      assert.ok(tests.length > 0, `point ${number} has no test`);
      for (const { file, titles } of tests) {
        const source = readFileSync(join(ROOT, file), 'utf8');
        for (const title of titles) {
          const written = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
          assert.ok(
            written.some((one) => source.includes(one)),
            `${file} has no test called "${title}"`,
          );
        }
      }
    }
  });
});

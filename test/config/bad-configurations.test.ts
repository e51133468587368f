// The table of bad configurations, given to the code that reads them. test/security starts the process with each of them.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { configOf } from '../../src/config/config.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { BAD_CONFIGURATIONS } from '../security/bad-configurations.ts';
import type { Change } from '../security/bad/configuration.ts';
import { problemsWith } from './problems-with.ts';

const ORIGIN = 'http://127.0.0.1:1';
/** Only when the bot listens does it find out that another process does already. */
const KNOWN_LATER = 'PORT:';

describe('The table of bad configurations', () => {
  const scratch = scratchFolder('bad-configurations');
  after(() => scratch.clean());
  let number = 0;
  const placeOf = () => {
    const folder = join(scratch.dir, String((number += 1)));
    mkdirSync(folder, { mode: 0o700 });
    return { folder, takenPort: 1, tenantOrigin: ORIGIN };
  };
  const environment = (folder: string, change: Change): Change => ({
    ...environmentFor(ORIGIN, join(folder, 'data')),
    ...change,
  });

  it('begins from a good one', () => {
    const { folder } = placeOf();
    const config = configOf({ environment: environment(folder, {}), options: [], inspector: undefined });
    assert.equal(config.graph.kind, 'emulated');
  });

  for (const { title, change, problems, says, node } of BAD_CONFIGURATIONS) {
    if (problems.includes(KNOWN_LATER) && says !== undefined) continue;
    it(`is found out: ${title}`, () => {
      const place = placeOf();
      const start = {
        environment: environment(place.folder, change(place)),
        options: node ?? [],
        inspector: undefined,
      };
      const found = problemsWith(() => configOf(start));
      assert.deepEqual(found.map((line) => line.slice(0, line.indexOf(':') + 1)).sort(), [...problems].sort());
      for (const line of found) assert.match(line, /^[^\n]+: [^\n]+[.?]$/);
      if (says !== undefined) assert.match(found.join('\n'), new RegExp(says.source, 'm'));
    });
  }
});

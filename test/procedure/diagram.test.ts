import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { procedureDocument } from '../../scripts/procedure-diagram.ts';

describe('The diagram of the procedure in docs/', () => {
  it('shows the table as it is now (npm run diagram draws it anew)', () => {
    const drawn = readFileSync(new URL('../../docs/procedure-diagram.md', import.meta.url), 'utf8');
    assert.equal(drawn, procedureDocument());
  });
});

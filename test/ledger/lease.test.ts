import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { takeLease } from '../../src/ledger/lease.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, entry, morning, scratch } from './fixtures.ts';

describe('The lease of a ledger', () => {
  let place: ReturnType<typeof scratch>;
  beforeEach(() => {
    place = scratch();
  });
  afterEach(() => place.clean());

  it('is given to one at a time, and to the next once it ended', () => {
    const first = takeLease(place.file);
    assert.throws(() => takeLease(place.file), { code: 'ledger-in-use' });
    assert.throws(() => takeLease(place.file), { code: 'ledger-in-use' }, 'a refusal must not loosen the lock');
    first.end();
    first.end();
    takeLease(place.file).end();
  });

  it('belongs to one ledger: another one in the same folder has its own', () => {
    const first = takeLease(place.file);
    takeLease(join(place.dir, 'another.sqlite')).end();
    first.end();
  });

  it('is an empty file of its owner beside the ledger, and in nobody’s way', async () => {
    const lease = takeLease(place.file);
    const ledger = await openLedger({ file: place.file, now: () => morning, newId: counting() });
    await ledger.record([entry('turn.fine')], morning);
    assert.ok((await ledger.verify()).ok);
    await ledger.close();
    lease.end();
    assert.deepEqual(readdirSync(place.dir).sort(), ['hardline.sqlite', 'hardline.sqlite.lock', 'index-key']);
    const { size, mode } = statSync(`${place.file}.lock`);
    assert.equal(size, 0);
    if (process.platform !== 'win32') assert.equal(mode & 0o777, 0o600);
  });

  it('makes the folder when it is missing, and says so when it cannot', () => {
    const inside = join(place.dir, 'new', 'hardline.sqlite');
    takeLease(inside).end();
    assert.throws(() => takeLease(join(`${inside}.lock`, 'hardline.sqlite')), { code: 'ledger-unwritable' });
  });
});

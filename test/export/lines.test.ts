import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainedEntry } from '../../src/casework/ports/ledger-stream.ts';
import { jsonLine } from '../../src/export/jsonl.ts';
import { linesInto } from '../../src/export/lines.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, entry, morning, scratch } from '../ledger/fixtures.ts';

describe('the ledger, shipped as JSON lines', () => {
  const { file, dir, clean } = scratch();
  const target = join(dir, 'lines');
  let entries: readonly ChainedEntry[];

  before(async () => {
    const ledger = await openLedger({ file, now: () => morning, newId: counting() });
    const remark = 'x'.repeat(900);
    await ledger.record(
      Array.from({ length: 300 }, (_, n) => entry('case.read', { detail: { remark, n } })),
      morning,
    );
    entries = await ledger.shipping.entriesAfter(await ledger.shipping.shippedUpTo('lines'), 1000);
    await ledger.close();
  });
  after(clean);

  const lines = (): readonly string[] =>
    readFileSync(target, 'utf8')
      .split('\n')
      .filter((line) => line !== '');

  it('writes every entry as a line, and is done when the system has them', async () => {
    const open = openSync(target, 'a');
    const destination = linesInto(open);
    assert.deepEqual(await destination.send(entries), { kind: 'accepted' });
    assert.deepEqual(lines(), entries.map(jsonLine));
    closeSync(open);
  });

  it('ends a line that an earlier process left half written, so that only that one cannot be read', async () => {
    writeFileSync(target, jsonLine(entries[0]!).slice(0, 40));
    const open = openSync(target, 'a');
    await linesInto(open).send(entries);
    assert.deepEqual(lines().slice(1), entries.map(jsonLine));
    closeSync(open);
  });

  it('says how many have arrived when nobody reads any more', async () => {
    const open = openSync(target, 'r'); // cannot be written to
    assert.deepEqual(await linesInto(open).send(entries), { kind: 'later', why: 'EBADF', afterMs: null, arrived: 0 });
    closeSync(open);
  });
});

/**
 * Appends to the ledger, measured against the database alone: the same rows in the same tables with the same indexes and
 * triggers, by prepared statements in one transaction, with the same durability, and nothing checked, hashed or decided.
 */
import { join } from 'node:path';
import { openWriter } from '../../../src/ledger/connection.ts';
import { entry, morning } from '../../ledger/fixtures.ts';
import { interleaved, type Figure } from './figures.ts';
import { open } from './filled.ts';

const HASH = 'a'.repeat(64);
const DETAIL = { asked: 'manual-reset', because: 'manual-reset-never' } as const;
const AT_ONCE = 64;

export async function measureAppends(within: string): Promise<readonly Figure[]> {
  const [file, bareFile] = [join(within, 'appends.sqlite'), join(within, 'bare.sqlite')];
  await (await open(bareFile)).close();
  const ledger = await open(file);
  const database = openWriter(bareFile);
  const one = entry('request.refused', { detail: DETAIL });
  const addEntry = database.prepare('insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addDetail = database.prepare('insert into details values (?, ?, ?)');
  const moveHead = database.prepare('update chain_head set seq = ?, hash = ? where id = 1');
  const at = new Date(morning).toISOString();
  let seq = 0;
  const bare = database.transaction(() => {
    seq += 1;
    addEntry.run(seq, at, one.code, one.actor, one.about, null, null, HASH, null, HASH, HASH);
    addDetail.run(seq, HASH.slice(0, 32), JSON.stringify(DETAIL));
    moveHead.run(seq, HASH);
  });
  const record = (): Promise<void> => ledger.record([one], morning);
  const slices = await interleaved(
    {
      ours: async () => {
        for (let n = 0; n < AT_ONCE; n += 1) await record();
      },
      bare: () => {
        for (let n = 0; n < AT_ONCE; n += 1) bare();
      },
      together: async () => {
        await Promise.all(Array.from({ length: AT_ONCE }, record));
      },
    },
    { rounds: 25, each: 2 },
  );
  await ledger.close();
  database.close();
  const each = (name: keyof typeof slices): string =>
    `${(slices[name].time / AT_ONCE).toFixed(0)} µs (${(slices[name].cpu / AT_ONCE).toFixed(0)} on the processor)`;
  const from = `bare ${each('bare')}, one at a time ${each('ours')}, ${AT_ONCE} at once ${each('together')}`;
  return [
    {
      name: 'appends one at a time, to bare better-sqlite3',
      value: slices.bare.time / slices.ours.time,
      limit: 0.8,
      is: 'at-least',
      unit: ' ×',
      from,
    },
    {
      name: `appends ${AT_ONCE} at once, to the same`,
      value: slices.bare.time / slices.together.time,
      limit: 2,
      is: 'at-least',
      unit: ' ×',
      from: 'as above',
    },
  ];
}

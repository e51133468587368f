import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, morning, scratch } from './fixtures.ts';
import { fill, tamper } from './tampering.ts';

describe('The tables of a ledger, when an operator was at the file', () => {
  const { file: original, dir, clean } = scratch();
  let copies = 0;
  before(() => fill(original, 10));
  after(clean);

  async function verdictAfter(change: string) {
    const copy = `${dir}/copy-${(copies += 1)}.sqlite`;
    copyFileSync(original, copy);
    tamper(copy, (database) => database.exec(change));
    return { copy, verdict: await verifyFile(copy, { since: null, publicKey: null, thorough: true }) };
  }

  for (const change of [
    'create index entries_by_day on entries (at)',
    'analyze',
    'analyze; create index some_cases on cases (state) where version > 3',
    'reindex',
    'vacuum',
  ]) {
    it(`are still whole after "${change}", and the ledger opens`, async () => {
      const { copy, verdict } = await verdictAfter(change);
      assert.equal(verdict.ok, true);
      await (await openLedger({ file: copy, now: () => morning, newId: counting() })).close();
    });
  }

  for (const change of [
    'drop index cases_sealed_by',
    'drop index cases_sealed_by; create index cases_sealed_by on cases (sealed_by, id)',
    'create unique index one_of_each on entries (code, at, seq)',
    'create table sqlit_stat1 (tbl, idx, stat)',
    'create view everything as select * from entries',
    'create trigger quiet after insert on cases begin delete from card_places; end',
    'alter table cases add column note text',
    'drop table card_places',
  ]) {
    it(`are found changed after "${change}"`, async () => {
      assert.deepEqual((await verdictAfter(change)).verdict, { ok: false, problem: 'schema-differs', at: null });
    });
  }
});

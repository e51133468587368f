import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { readCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { ReadCheckpoint } from '../../src/ledger/checkpoint.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { rowsOf } from '../lane.ts';
import { counting, morning, scratch } from './fixtures.ts';
import { fill, recomputeFrom, rewriteDetail, tamper } from './tampering.ts';

const SIZE = 40;
/** Every record, or some where only a sample runs: both ends, and three between them. */
const positions = rowsOf(
  Array.from({ length: SIZE }, (_, index) => index + 1),
  (seq) => seq === 1 || seq === SIZE || seq % 13 === 0,
);

const COLUMNS = {
  at: "'2026-01-01T00:00:00.000Z'",
  code: "code || 'x'",
  actor: "'a0000000-0000-4000-8000-000000000099'",
  about: "case when about is null then 'x' else null end",
  case_id: 'case when case_id is null then 9 else null end',
  intent_id: "coalesce(intent_id, '') || 'x'",
  detail_commitment: "replace(detail_commitment, substr(detail_commitment, 1, 1), 'g')",
  case_digest: "case when case_digest is null then 'x' else null end",
  prev: "replace(prev, substr(prev, 1, 1), 'g')",
  hash: "replace(hash, substr(hash, 1, 1), 'g')",
};

/** Changes the rows from `seq` on by `by`, without two rows ever having one number. */
function shift(database: Database, seq: number, by: 1 | -1): void {
  for (const table of ['entries', 'details']) {
    database.exec(`update ${table} set seq = -seq where seq >= ${seq}`);
    database.exec(`update ${table} set seq = -seq + ${by} where seq < 0`);
  }
}

type Hand = (database: Database, seq: number) => void;

/** What a chain alone finds. */
const MUTATIONS: Readonly<Record<string, Hand>> = {
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([column, value]): [string, Hand] => [
      `edits ${column}`,
      (database, seq) => database.prepare(`update entries set ${column} = ${value} where seq = ?`).run(seq),
    ]),
  ),
  'edits the detail': (database, seq) =>
    database.prepare("update details set detail = replace(detail, '}', ' }') where seq = ?").run(seq),
  'edits the salt': (database, seq) => database.prepare("update details set salt = salt || '0' where seq = ?").run(seq),
  'removes the detail': (database, seq) => database.prepare('delete from details where seq = ?').run(seq),
  'edits the detail with its commitment': rewriteDetail,
  'gives the detail to a record that has one of its own': (database, seq) => {
    database.prepare('insert into details select seq + 1000, salt, detail from details where seq = ?').run(seq);
  },
  'edits a record and its hash': (database, seq) => {
    const before = database.prepare('select seq, hash from chain_head').get() as { seq: number; hash: string };
    database.prepare("update entries set actor = 'hardline', about = null where seq = ?").run(seq);
    const rest = database.prepare('select seq, prev, hash from entries where seq > ?').all(seq) as object[];
    recomputeFrom(database, seq);
    const put = database.prepare('update entries set prev = @prev, hash = @hash where seq = @seq');
    for (const row of rest) put.run(row);
    database.prepare('update chain_head set hash = ?').run(before.hash);
  },
  'removes a record': (database, seq) => database.prepare('delete from entries where seq = ?').run(seq),
  'removes a record and closes the gap': (database, seq) => {
    database.prepare('delete from entries where seq = ?').run(seq);
    database.prepare('delete from details where seq = ?').run(seq);
    shift(database, seq + 1, -1);
  },
  'inserts a copy of a record': (database, seq) => {
    shift(database, seq + 1, 1);
    const columns = Object.keys(COLUMNS).join(', ');
    database.exec(
      `insert into entries (seq, ${columns}) select ${seq + 1}, ${columns} from entries where seq = ${seq}`,
    );
    database.exec(`insert into details select ${seq + 1}, salt, detail from details where seq = ${seq}`);
  },
  'swaps a record with its neighbor': (database, seq) => {
    const other = seq === SIZE ? seq - 1 : seq + 1;
    for (const table of ['entries', 'details']) {
      database.exec(`update ${table} set seq = -1 where seq = ${seq}`);
      database.exec(`update ${table} set seq = ${seq} where seq = ${other}`);
      database.exec(`update ${table} set seq = ${other} where seq = -1`);
    }
  },
  'cuts off the end': (database, seq) => {
    database.prepare('delete from entries where seq >= ?').run(seq);
    database.prepare('delete from details where seq >= ?').run(seq);
  },
};

/** What only a checkpoint kept elsewhere finds. */
const ONLY_A_CHECKPOINT_TELLS: Readonly<Record<string, Hand>> = {
  'cuts off the end and sets the head back': (database, seq) => {
    database.exec('delete from cases; delete from card_places');
    database.prepare('delete from entries where seq >= ?').run(seq);
    database.prepare('delete from details where seq >= ?').run(seq);
    database.exec('update entries set case_digest = null');
    if (seq > 1) recomputeFrom(database, 1);
    else database.exec('update chain_head set seq = 0, hash = (select prev from entries where seq = 1)');
  },
  'edits a record and writes everything after it anew': (database, seq) => {
    database.prepare("update entries set actor = 'a0000000-0000-4000-8000-000000000099' where seq = ?").run(seq);
    recomputeFrom(database, seq);
  },
  'rewrites a detail and everything after it': (database, seq) => {
    rewriteDetail(database, seq);
    recomputeFrom(database, seq);
  },
};

describe('A ledger somebody laid hands on', () => {
  const { file: original, dir, clean } = scratch();
  const copy = `${dir}/copy.db`;
  let checkpoint: ReadCheckpoint;

  before(async () => {
    await fill(original, SIZE);
    const ledger = await openLedger({ file: original, now: () => morning, newId: counting() });
    checkpoint = readCheckpoint(await ledger.checkpoint())!;
    await ledger.close();
    assert.equal(checkpoint.size, SIZE);
  });
  after(clean);

  async function verdictAfter(hand: (database: Database) => void, since: ReadCheckpoint | null) {
    copyFileSync(original, copy);
    tamper(copy, hand);
    return verifyFile(copy, { since, publicKey: null, thorough: false });
  }

  it('verifies as long as nobody did', async () => {
    const verdict = await verdictAfter(() => undefined, checkpoint);
    assert.ok(verdict.ok);
    assert.equal(verdict.size, SIZE);
  });

  for (const [name, hand] of Object.entries(MUTATIONS)) {
    it(`is found broken wherever somebody ${name}`, async () => {
      for (const seq of positions) {
        const verdict = await verdictAfter((database) => hand(database, seq), null);
        assert.equal(verdict.ok, false, `entry ${seq}`);
        assert.ok(!['schema-differs', 'file-damaged'].includes(verdict.problem), verdict.problem);
      }
    });
  }

  for (const [name, hand] of Object.entries(ONLY_A_CHECKPOINT_TELLS)) {
    it(`is found broken with a checkpoint wherever somebody ${name}`, async () => {
      for (const seq of positions.slice(1)) {
        const verdict = await verdictAfter((database) => hand(database, seq), checkpoint);
        assert.equal(verdict.ok, false, `entry ${seq}`);
        assert.ok(['shorter-than-checkpoint', 'checkpoint-differs'].includes(verdict.problem), verdict.problem);
      }
    });

    it(`looks whole without a checkpoint when somebody ${name}: that is why checkpoints leave the machine`, async () => {
      const verdict = await verdictAfter((database) => hand(database, SIZE - 2), null);
      assert.equal(verdict.ok, true);
    });
  }

  const CASE_EDITS = {
    version: 'version + 1',
    technician: "'a0000000-0000-4000-8000-000000000099'",
    caller: "'a0000000-0000-4000-8000-000000000099'",
    opened_at: "'2026-01-01T00:00:00.000Z'",
    closed_at: "'2026-01-01T00:00:00.000Z'",
    state: "'ready-to-issue'",
    body: `replace(body, '"lastAttempt":null', '"lastAttempt":"nobody"')`,
    salt: "salt || '0'",
    sealed_by: 'sealed_by - 1',
  };
  for (const [column, value] of Object.entries(CASE_EDITS)) {
    it(`is found broken, and hands out no case, when somebody edits the ${column} of a case`, async () => {
      const edit = (database: Database) => database.exec(`update cases set ${column} = ${value} where id = 2`);
      assert.deepEqual(await verdictAfter((database) => edit(database), checkpoint), {
        ok: false,
        problem: 'case-altered',
        at: 2,
      });
      await assert.rejects(openLedger({ file: copy, now: () => morning, newId: counting() }), {
        code: 'ledger-corrupt',
      });
    });
  }

  it('is found broken when somebody removes a case', async () => {
    const verdict = await verdictAfter((database) => database.exec('delete from cases where id = 2'), checkpoint);
    assert.deepEqual(verdict, { ok: false, problem: 'case-missing', at: 2 });
  });

  it('is found broken when somebody invents a case', async () => {
    const columns = 'version, technician, caller, opened_at, closed_at, state, body, salt, sealed_by';
    const insert = `insert into cases (${columns}) select ${columns} from cases where id = 1`;
    const verdict = await verdictAfter((database) => {
      assert.throws(() => database.exec(insert), /UNIQUE/, 'an open case cannot be copied as it is');
      database.exec(
        insert.replace(/select .* from/, `select ${columns.replace('closed_at', "'2026-01-06T00:00:00.000Z'")} from`),
      );
    }, checkpoint);
    assert.equal(verdict.ok, false);
  });

  it('is found broken when somebody moves the head, or renames the ledger', async () => {
    for (const edit of ['seq = seq + 1', "hash = 'x'", "origin = 'hardline/other'"]) {
      const verdict = await verdictAfter((database) => database.exec(`update chain_head set ${edit}`), null);
      assert.equal(verdict.ok, false, edit);
    }
  });

  it('is found broken when an index was removed, or a trigger or a table was added or changed', async () => {
    const edits = [
      'drop index entries_about',
      'create trigger quiet after insert on cases begin delete from card_places; end',
      'create table notes (text text)',
      'alter table cases add column note text',
    ];
    for (const edit of edits) {
      const verdict = await verdictAfter((database) => database.exec(edit), null);
      assert.deepEqual(verdict, { ok: false, problem: 'schema-differs', at: null }, edit);
    }
  });

  it('is found broken by the thorough check when an index hides an entry from look-ups', async () => {
    copyFileSync(original, copy);
    tamper(copy, (database) => {
      database.unsafeMode();
      database.pragma('writable_schema = ON');
      const sql = database.prepare("select sql from sqlite_schema where name = 'entries_about'").pluck().get();
      const set = database.prepare("update sqlite_schema set sql = ? where name = 'entries_about'");
      database.exec('drop index entries_about');
      database.exec('create index entries_about on entries (upper(about), at)');
      set.run(sql);
    });
    const quick = await verifyFile(copy, { since: null, publicKey: null, thorough: false });
    const thorough = await verifyFile(copy, { since: null, publicKey: null, thorough: true });
    assert.equal(quick.ok, true);
    assert.deepEqual(thorough, { ok: false, problem: 'file-damaged', at: null });
  });
});

/** What somebody with the database file and time could do to it. Triggers are taken off and put back, as they would. */
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { detailCommitment, recordHash } from '../../src/ledger/chain.ts';
import { openLedger, type LedgerOptions } from '../../src/ledger/open.ts';
import type { Case } from '../../src/procedure/case.ts';
import { counting, entry, lena, minutesLater, morning, openCase, opened, tess } from './fixtures.ts';

/** Opens the file raw, without triggers and foreign keys, lets `hand` at it, and leaves the schema as it was. */
export function tamper(file: string, hand: (database: Database) => void): void {
  const database = new SqliteDatabase(file);
  database.pragma('foreign_keys = OFF');
  const triggers = database.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as Trigger[];
  for (const { name } of triggers) database.exec(`drop trigger ${name}`);
  hand(database);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
}

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

interface Row {
  seq: number;
  at: string;
  code: string;
  actor: string;
  about: string | null;
  case_id: number | null;
  intent_id: string | null;
  detail_commitment: string;
  case_digest: string | null;
  prev: string;
  hash: string;
}

/** Writes every hash anew from `from` on, and the head with them: what an attacker who read our source would do. */
export function recomputeFrom(database: Database, from: number): void {
  const rows = database.prepare('select * from entries where seq >= ? order by seq').all(from) as Row[];
  const before = database
    .prepare('select hash from entries where seq = ?')
    .pluck()
    .get(from - 1) as string | undefined;
  let prev = before ?? rows[0]!.prev;
  for (const row of rows) {
    const record = {
      seq: row.seq,
      at: row.at,
      code: row.code,
      actor: row.actor,
      about: row.about,
      caseId: row.case_id,
      intentId: row.intent_id,
      detailCommitment: row.detail_commitment,
      caseDigest: row.case_digest,
      prev,
    };
    const hash = recordHash(record);
    database.prepare('update entries set prev = ?, hash = ? where seq = ?').run(prev, hash, row.seq);
    prev = hash;
  }
  const last = rows.at(-1)!;
  database.prepare('update chain_head set seq = ?, hash = ?').run(last.seq, prev);
}

/** What somebody would write: the fields of an entry, and its detail as JSON. */
export interface Forgery {
  readonly code: string;
  readonly actor?: string;
  readonly about?: string | null;
  readonly caseId?: number | null;
  readonly detail?: string;
}

/** Chains an entry on the newest one and moves the head, as `append` does. Returns its number. */
export function appendForged(database: Database, forged: Forgery): number {
  const head = database.prepare('select seq, hash from chain_head').get() as { seq: number; hash: string };
  const newest = database.prepare('select max(at) from entries').pluck().get() as string | null;
  const detail = forged.detail ?? '{}';
  const record = {
    seq: head.seq + 1,
    at: newest ?? '2026-01-05T09:00:00.000Z',
    code: forged.code,
    actor: forged.actor ?? tess,
    about: forged.about ?? null,
    caseId: forged.caseId ?? null,
    intentId: null,
    detailCommitment: detailCommitment('a-salt', detail),
    caseDigest: null,
    prev: head.hash,
  };
  const hash = recordHash(record);
  database
    .prepare(
      `insert into entries (seq, at, code, actor, about, case_id, intent_id, detail_commitment, case_digest, prev, hash)
       values (@seq, @at, @code, @actor, @about, @caseId, @intentId, @detailCommitment, @caseDigest, @prev, @hash)`,
    )
    .run({ ...record, hash });
  database.prepare('insert into details (seq, salt, detail) values (?, ?, ?)').run(record.seq, 'a-salt', detail);
  database.prepare('update chain_head set seq = ?, hash = ?').run(record.seq, hash);
  return record.seq;
}

/** Replaces a detail and its commitment, so that only the chain can tell. */
export function rewriteDetail(database: Database, seq: number): void {
  const salt = 'another-salt';
  const detail = '{"outcome":"another"}';
  database.prepare('update details set salt = ?, detail = ? where seq = ?').run(salt, detail, seq);
  database.prepare('update entries set detail_commitment = ? where seq = ?').run(detailCommitment(salt, detail), seq);
}

/** A ledger of `size` entries: cases opened, moved and closed, a pass, a refusal; every column is in use. */
export async function fill(file: string, size: number, key: Pick<LedgerOptions, 'signingKey'> = {}): Promise<void> {
  const ledger = await openLedger({ file, now: () => morning, newId: counting(), ...key });
  for (let written = 0; written < size;) {
    const first = await openCase(ledger, {}, opened, minutesLater(written));
    const id = first.case.id;
    const next: Case = { ...first.case, state: { kind: 'choosing-proof', lastAttempt: null } };
    const entries = ['case.methods-ticked', 'link.push.intent', 'link.push.outcome'].map((code, index) =>
      entry(code, { caseId: id, intentId: index === 0 ? null : `push-${id}`, detail: { outcome: `number ${index}` } }),
    );
    await ledger.advance(first, next, entries, minutesLater(written + 1));
    await ledger.record(
      [entry('request.refused', { about: lena, detail: { asked: 'manual-reset' } })],
      minutesLater(written + 2),
    );
    written += 5;
  }
  await ledger.close();
}

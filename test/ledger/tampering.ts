/** What somebody with the database file and time could do to it. Triggers are taken off and put back, as they would. */
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { detailCommitment, recordHash } from '../../src/ledger/chain.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { Case } from '../../src/procedure/case.ts';
import { counting, entry, lena, minutesLater, morning, openCase, opened } from './fixtures.ts';

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

/** Replaces a detail and its commitment, so that only the chain can tell. */
export function rewriteDetail(database: Database, seq: number): void {
  const salt = 'another-salt';
  const detail = '{"outcome":"another"}';
  database.prepare('update details set salt = ?, detail = ? where seq = ?').run(salt, detail, seq);
  database.prepare('update entries set detail_commitment = ? where seq = ?').run(detailCommitment(salt, detail), seq);
}

/** A ledger of `size` entries: cases opened, moved and closed, a pass, a refusal; every column is in use. */
export async function fill(file: string, size: number): Promise<void> {
  const ledger = await openLedger({ file, now: () => morning, newId: counting() });
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

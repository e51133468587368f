/**
 * A case as its row holds it, bound by digest to the entry that wrote it. A row that does not fit its digest is not handed out.
 */
import type { Kysely } from 'kysely';
import type { Case } from '../procedure/case.ts';
import type { StoredCase } from '../casework/ports/ledger.ts';
import { caseShape } from './case-shape.ts';
import { caseDigest } from './chain.ts';
import type { CaseRecord } from './chain.ts';
import { whatIsWrong } from './entry-shape.ts';
import { corrupt } from './failures.ts';
import { currentBody } from './older-bodies.ts';
import type { Tables } from './tables.ts';
import { fromText, toText } from './time.ts';

/** A case row with the digest of the entry it says sealed it. */
export interface SealedRow {
  readonly id: number;
  readonly version: number;
  readonly technician: string;
  readonly caller: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly state: string;
  readonly body: string;
  readonly salt: string;
  readonly sealed_by: number;
  readonly digest: string | null;
}

/** Case rows, each with the digest of its sealing entry. */
export function selectCases(db: Kysely<Tables>) {
  return db
    .selectFrom('cases')
    .leftJoin('entries', (join) =>
      join.onRef('entries.seq', '=', 'cases.sealed_by').onRef('entries.case_id', '=', 'cases.id'),
    )
    .selectAll('cases')
    .select('entries.case_digest as digest');
}

/** Whether this digest is the one of the row: then it is byte for byte what was written with the entry that holds the digest. */
export function isSealedBy(row: Omit<SealedRow, 'digest'>, digest: string | null): boolean {
  const record: CaseRecord = {
    id: row.id,
    version: row.version,
    technician: row.technician,
    caller: row.caller,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    state: row.state,
    body: row.body,
  };
  return caseDigest(row.salt, record) === digest;
}

/** Reads a row back. Throws Fault `ledger-corrupt` when it was not written by `seal` or was changed since. */
export function unseal(row: SealedRow): StoredCase {
  if (!isSealedBy(row, row.digest)) throw corrupt(`case ${row.id} does not fit its ledger entry`);
  const parsed = caseShape.safeParse(currentBody(parseJson(row.body)));
  if (!parsed.success) throw corrupt(`case ${row.id} cannot be read: ${whatIsWrong(parsed.error)}`);
  const known = parsed.data;
  const columns = columnsOf({ case: known, version: row.version });
  const agrees =
    known.id === row.id &&
    columns.technician === row.technician &&
    columns.caller === row.caller &&
    columns.state === row.state &&
    columns.closed_at === row.closed_at &&
    fromText(row.opened_at) === known.openedAt;
  if (!agrees) throw corrupt(`case ${row.id} contradicts its own columns`);
  return { case: known, version: row.version };
}

/** The columns of a stored case, and the digest that binds them to the entry written with it. */
export function seal(stored: StoredCase, salt: string) {
  const columns = columnsOf(stored);
  const digest = caseDigest(salt, {
    id: stored.case.id,
    version: columns.version,
    technician: columns.technician,
    caller: columns.caller,
    openedAt: columns.opened_at,
    closedAt: columns.closed_at,
    state: columns.state,
    body: columns.body,
  });
  return { columns: { ...columns, salt }, digest };
}

function columnsOf({ case: known, version }: StoredCase) {
  return {
    version,
    technician: known.technician,
    caller: known.caller,
    opened_at: toText(known.openedAt),
    closed_at: known.state.kind === 'closed' ? toText(known.state.at) : null,
    state: known.state.kind,
    body: JSON.stringify(known),
  };
}

/** Checks a case field by field. Throws a TypeError that names the field, never the value: a wrong case is a bug of the caller. */
export function checkCase(known: Case): Case {
  const parsed = caseShape.safeParse(known);
  if (!parsed.success) throw new TypeError(`not a case: ${whatIsWrong(parsed.error)}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corrupt('a case is not JSON', error);
  }
}

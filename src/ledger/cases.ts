/**
 * Cases in the database: opening, stepping, reading.
 * The one rule kept here: a step is one transaction of state and entries, it happens at most once per version, and the row
 * is bound by digest to the entry that wrote it. A row that does not fit its digest is not handed out.
 */
import type { Kysely } from 'kysely';
import type { Case, CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Ledger, LedgerEntry, StoredCase } from '../casework/ports/ledger.ts';
import { append } from './append.ts';
import { caseShape } from './case-shape.ts';
import { currentBody } from './older-bodies.ts';
import { caseDigest } from './chain.ts';
import type { CaseRecord } from './chain.ts';
import { prepareEntry, whatIsWrong } from './entry-shape.ts';
import { corrupt } from './failures.ts';
import type { Tables } from './tables.ts';
import { fromText, toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

type CasePort = Pick<Ledger, 'openCase' | 'advance' | 'load' | 'openCases' | 'casesOf'>;

/** The part of the Ledger port that deals with cases. Every step needs at least one entry: no entry, no step. */
export function cases(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
  readonly newSalt: () => string;
}): CasePort {
  const { queue, reader, newSalt } = parts;
  const rows = () => selectCases(reader);

  return {
    openCase(draft: Omit<Case, 'id'>, entries: (id: CaseId) => readonly LedgerEntry[], at: Instant) {
      return queue.write(async (transaction, head) => {
        const { id } = await transaction
          .insertInto('cases')
          .values({
            version: 1,
            technician: draft.technician,
            caller: draft.caller,
            opened_at: toText(draft.openedAt),
            closed_at: null,
            state: draft.state.kind,
            body: '',
            salt: newSalt(),
            sealed_by: head.seq,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        const number = id as CaseId;
        const prepared = prepareStep(number, entries(number), newSalt);
        const stored: StoredCase = { case: checkCase({ ...draft, id: number }), version: 1 };
        const sealed = seal(stored, newSalt());
        await transaction
          .updateTable('cases')
          .set({ ...sealed.columns, sealed_by: head.seq + prepared.length })
          .where('id', '=', id)
          .execute();
        await append(transaction, head, prepared, at, sealed.digest);
        return stored;
      });
    },

    async advance(from: StoredCase, next: Case, entries: readonly LedgerEntry[], at: Instant) {
      if (next.id !== from.case.id || next.technician !== from.case.technician || next.caller !== from.case.caller) {
        throw new TypeError('a step never changes the number, the technician or the caller of a case');
      }
      const prepared = prepareStep(next.id, entries, newSalt);
      const stored: StoredCase = { case: checkCase(next), version: from.version + 1 };
      const sealed = seal(stored, newSalt());
      return queue.write(async (transaction, head) => {
        const { numUpdatedRows } = await transaction
          .updateTable('cases')
          .set({ ...sealed.columns, sealed_by: head.seq + prepared.length })
          .where('id', '=', next.id)
          .where('version', '=', from.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return { kind: 'stale' } as const;
        await append(transaction, head, prepared, at, sealed.digest);
        return { kind: 'written', stored } as const;
      });
    },

    async load(id: CaseId) {
      const row = await rows().where('cases.id', '=', id).executeTakeFirst();
      return row === undefined ? null : unseal(row);
    },

    async openCases() {
      const found = await rows().where('cases.closed_at', 'is', null).orderBy('cases.id').execute();
      return found.map(unseal);
    },

    async casesOf(technician: PersonId, limit: number) {
      const found = await rows()
        .where('cases.technician', '=', technician)
        .orderBy('cases.id', 'desc')
        .limit(limit)
        .execute();
      return found.map(unseal);
    },
  };
}

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

/** Reads a row back. Throws Fault `ledger-corrupt` when it was not written by `seal` or was changed since. */
export function unseal(row: SealedRow): StoredCase {
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
  if (caseDigest(row.salt, record) !== row.digest) throw corrupt(`case ${row.id} does not fit its ledger entry`);
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

function seal(stored: StoredCase, salt: string) {
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

function prepareStep(id: CaseId, entries: readonly LedgerEntry[], newSalt: () => string) {
  if (entries.length === 0) throw new TypeError('a step without an entry is not written');
  if (entries.some((entry) => entry.caseId !== id)) throw new TypeError('the entries of a step name its case');
  return entries.map((entry) => prepareEntry(entry, newSalt));
}

function checkCase(known: Case): Case {
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

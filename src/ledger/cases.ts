/**
 * Cases in the database: opening, stepping, reading.
 * A step is one transaction of state and entries, and it happens at most once per version.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Case, CaseId } from '../procedure/case.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import { OPEN_CASES_AT_ONCE } from '../casework/ports/ledger.ts';
import type {
  Ledger,
  LedgerEntry,
  OpenCaseFilter,
  Opening,
  StoredCase,
  WithOpening,
  WithStep,
} from '../casework/ports/ledger.ts';
import { append } from './append.ts';
import { endHold, holdCard } from './card-places.ts';
import { prepareEntry } from './entry-shape.ts';
import { withoutSecondOutcomes } from './second-outcomes.ts';
import { checkCase, seal, selectCases, unseal } from './sealed-cases.ts';
import type { Tables } from './tables.ts';
import { toText } from './time.ts';
import type { WriteQueue } from './write-queue.ts';

type CasePort = Pick<Ledger, 'openCase' | 'advance' | 'load' | 'openCaseOf' | 'openCases' | 'openCaseIds' | 'casesOf'>;

/** The part of the Ledger port that deals with cases. Every step needs at least one entry: no entry, no step. */
export function cases(parts: {
  readonly queue: WriteQueue;
  readonly reader: Kysely<Tables>;
  readonly newSalt: () => string;
}): CasePort {
  const { queue, reader, newSalt } = parts;
  const rows = () => selectCases(reader);

  return {
    async openCase(
      draft: Omit<Case, 'id'>,
      entries: (id: CaseId) => readonly LedgerEntry[],
      at: Instant,
      also: WithOpening = {},
    ) {
      const before = prepare(also.before ?? [], newSalt);
      return queue.write(async (transaction, head): Promise<Opening> => {
        await append(head, await withoutSecondOutcomes(transaction, before), at);
        // Nobody else writes during this transaction, so the look is exact; the unique index guards it all the same.
        const open = await openOf(transaction, draft.caller);
        if (open !== null) return { kind: 'already-open', stored: open };
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
        await append(head, prepared, at, sealed.digest);
        return { kind: 'opened', stored };
      });
    },

    async advance(from: StoredCase, next: Case, entries: readonly LedgerEntry[], at: Instant, also: WithStep = {}) {
      if (next.id !== from.case.id || next.technician !== from.case.technician || next.caller !== from.case.caller) {
        throw new TypeError('a step never changes the number, the technician or the caller of a case');
      }
      const before = prepare(also.before ?? [], newSalt);
      const prepared = prepareStep(next.id, entries, newSalt);
      const stored: StoredCase = { case: checkCase(next), version: from.version + 1 };
      const sealed = seal(stored, newSalt());
      return queue.write(async (transaction, head) => {
        await append(head, await withoutSecondOutcomes(transaction, before), at);
        if (await hasNewer(transaction, also.unlessNewer)) return { kind: 'stale' } as const;
        const { numUpdatedRows } = await transaction
          .updateTable('cases')
          .set({ ...sealed.columns, sealed_by: head.seq + prepared.length })
          .where('id', '=', next.id)
          .where('version', '=', from.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return { kind: 'stale' } as const;
        await append(head, prepared, at, sealed.digest);
        if (also.holdCardUntil === undefined) await endHold(transaction, next.id);
        else await holdCard(transaction, next.id, also.holdCardUntil);
        return { kind: 'written', stored } as const;
      });
    },

    async load(id: CaseId) {
      const row = await rows().where('cases.id', '=', id).executeTakeFirst();
      return row === undefined ? null : unseal(row);
    },

    openCaseOf: (caller: PersonId) => openOf(reader, caller),

    async openCases({ states, technician, after, limit = OPEN_CASES_AT_ONCE }: OpenCaseFilter = {}) {
      let query = rows()
        .where('cases.closed_at', 'is', null)
        .where('cases.id', '>', after ?? 0)
        .orderBy('cases.id');
      if (states !== undefined) query = query.where('cases.state', 'in', states);
      if (technician !== undefined) query = query.where('cases.technician', '=', technician);
      return (await query.limit(Math.min(limit, OPEN_CASES_AT_ONCE)).execute()).map(unseal);
    },

    async openCaseIds({ states, before, limit }: Parameters<Ledger['openCaseIds']>[0]) {
      let query = reader.selectFrom('cases').select('id').where('closed_at', 'is', null).orderBy('id', 'desc');
      if (states !== undefined) query = query.where('state', 'in', states);
      const found = await query
        .where('id', '<', before ?? Number.MAX_SAFE_INTEGER)
        .limit(limit)
        .execute();
      return found.map((row) => row.id as CaseId);
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

async function openOf(db: Kysely<Tables>, caller: PersonId): Promise<StoredCase | null> {
  const row = await selectCases(db)
    .where('cases.caller', '=', caller)
    .where('cases.closed_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : unseal(row);
}

async function hasNewer(transaction: Transaction<Tables>, unless: WithStep['unlessNewer']): Promise<boolean> {
  if (unless === undefined) return false;
  const row = await transaction
    .selectFrom('entries')
    .select('seq')
    .where('code', 'in', unless.codes)
    .where('seq', '>', unless.than)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function prepareStep(id: CaseId, entries: readonly LedgerEntry[], newSalt: () => string) {
  if (entries.length === 0) throw new TypeError('a step without an entry is not written');
  if (entries.some((entry) => entry.caseId !== id)) throw new TypeError('the entries of a step name its case');
  return prepare(entries, newSalt);
}

function prepare(entries: readonly LedgerEntry[], newSalt: () => string) {
  return entries.map((entry) => prepareEntry(entry, newSalt));
}

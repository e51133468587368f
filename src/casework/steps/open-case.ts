/**
 * Opening a case: the caller's snapshot is read, and the case begins with its entry in the ledger.
 * A caller has at most one open case: two technicians must not be played against each other. The database decides which.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { CaseId } from '../../procedure/case.ts';
import { openCase } from '../../procedure/opening.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { LedgerEntry, Opening, StoredCase } from '../ports/ledger.ts';
import type { Deadline } from '../ports/runtime.ts';
import { intentEntry, type IntendedEffect } from './entries.ts';
import { readFactsOnce, unreadNames, type ReadParts } from './read-facts.ts';

/** What opening a case needs. */
export interface OpenParts extends ReadParts {
  /** Reads the mode again, so that `policy` knows what was set at another process. */
  readonly readMode: () => Promise<unknown>;
}

/** Who asks for a case, about whom, and how that is recorded. */
export interface OpeningRequest {
  readonly technician: PersonId;
  readonly caller: PersonId;
  /** Writes entries with the arrival of what asks for it; false: it arrived before, and nothing was written. Not called for an open case. */
  readonly arrived: { record(entries: readonly LedgerEntry[]): Promise<boolean> };
  /** Until when the facts are waited for. What was not read by then is unread, and the case opens without it. */
  readonly deadline?: Deadline | undefined;
}

/**
 * What opening came to. `intended`: what follows at once, written down and still to be carried out. `repeated`: the message was
 * delivered a second time, and nothing was done.
 */
export type Opened =
  | (Extract<Opening, { kind: 'opened' }> & { readonly intended: readonly IntendedEffect[] })
  | Extract<Opening, { kind: 'already-open' }>
  | { readonly kind: 'repeated' };

/**
 * Opens a case about `caller`, worked by `technician`. The arrival goes in with the first entry about the caller. Throws Fault
 * when the ledger cannot be written.
 */
export async function openCaseAbout(parts: OpenParts, request: OpeningRequest): Promise<Opened> {
  const { ledger, runtime } = parts;
  const { technician, caller, arrived, deadline } = request;
  const open = await ledger.openCaseOf(caller);
  if (open !== null) return { kind: 'already-open', stored: open };
  const reader = { technician, caller, caseId: null, deadline };
  const read = await readFactsOnce(parts, reader, (intent) => arrived.record([intent]));
  if (read === null) return { kind: 'repeated' };
  await parts.readMode();
  const now = runtime.now();
  const { facts, outcome } = read;
  const { draft, effects } = openCase(caller, { kind: 'snapshot-read', by: technician, facts }, parts.policy(), now);
  const intended = effects.map((effect) => ({ effect, intentId: runtime.newId() }));
  const entries = (id: CaseId): readonly LedgerEntry[] => [
    entryOf(
      'case.opened',
      { actor: technician, about: caller, caseId: id },
      { to: draft.state.kind, unread: unreadNames(facts), stops: stopsOf(draft.state) },
    ),
    ...intended.map((one) => intentEntry({ ...draft, id }, one)),
  ];
  const opening = await ledger.openCase(draft, entries, now, { before: [outcome] });
  return opening.kind === 'opened' ? { ...opening, intended } : opening;
}

function stopsOf(state: StoredCase['case']['state']): readonly string[] {
  if (state.kind !== 'closed' || state.closing.outcome !== 'escalated') return [];
  return state.closing.stops.map((stop) => stop.code);
}

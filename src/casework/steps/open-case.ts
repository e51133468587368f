/**
 * Opening a case: the caller's snapshot is read, and the case begins with its entry in the ledger.
 * A caller has at most one open case: two technicians must not be played against each other. The database decides which.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { CaseId } from '../../procedure/case.ts';
import { openCase } from '../../procedure/lockout.ts';
import type { Policy } from '../../procedure/policy.ts';
import type { Arrival, LedgerEntry, Opening, StoredCase } from '../ports/ledger.ts';
import { readFactsOnce, unreadNames, type ReadParts } from './read-facts.ts';

/** What opening a case needs. */
export interface OpenParts extends ReadParts {
  readonly policy: () => Policy;
}

/** What opening came to. `repeated`: the message was delivered a second time, and nothing was done. */
export type Opened = Opening | { readonly kind: 'repeated' };

/**
 * Opens a case about `caller`, worked by `technician`. `arrival`: the message that asks for it, when its sight is not
 * written yet; it goes in with the first entry about the caller. Throws Fault when the ledger cannot be written.
 */
export async function openCaseAbout(
  parts: OpenParts,
  technician: PersonId,
  caller: PersonId,
  arrival: Arrival | null,
): Promise<Opened> {
  const { ledger, runtime } = parts;
  const write = async (entries: readonly LedgerEntry[]): Promise<boolean> => {
    if (arrival !== null) return (await ledger.recordArrival(arrival, entries, runtime.now())) === 'first';
    await ledger.record(entries, runtime.now());
    return true;
  };
  const open = await ledger.openCaseOf(caller);
  if (open !== null) return (await write([])) ? { kind: 'already-open', stored: open } : { kind: 'repeated' };
  const read = await readFactsOnce(parts, { technician, caller, caseId: null }, (intent) => write([intent]));
  if (read === null) return { kind: 'repeated' };
  const now = runtime.now();
  const { facts, outcome } = read;
  const draft = openCase(caller, { kind: 'snapshot-read', by: technician, facts }, parts.policy(), now);
  const entries = (id: CaseId): readonly LedgerEntry[] => [
    {
      code: 'case.opened',
      actor: technician,
      about: caller,
      caseId: id,
      intentId: null,
      detail: { to: draft.state.kind, unread: unreadNames(facts), stops: stopsOf(draft.state) },
    },
  ];
  return ledger.openCase(draft, entries, now, { before: [outcome] });
}

function stopsOf(state: StoredCase['case']['state']): readonly string[] {
  if (state.kind !== 'closed' || state.closing.outcome !== 'escalated') return [];
  return state.closing.stops.map((stop) => stop.code);
}

/**
 * Opening a case: the caller is looked up, the picture is read, and the case begins with its entry in the ledger.
 * The one rule kept here: looking into somebody's account is written down before it is done.
 */
import type { CallerFacts, ContactHistory, Instant, PersonId, Reading } from '../../procedure/facts.ts';
import type { CaseId } from '../../procedure/case.ts';
import { openCase } from '../../procedure/lockout.ts';
import type { Policy } from '../../procedure/policy.ts';
import type { Profiles } from './profiles.ts';
import { Fault } from '../ports/fault.ts';
import type { Directory } from '../ports/directory.ts';
import type { Ledger, LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';

/** What opening a case needs. */
export interface OpenParts {
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'managerOf'>;
  readonly profiles: Profiles;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
  /** "This was not me" keeps new passes away for this long. */
  readonly objectionBlocksHours: number;
  /** Openings under way, by caller. Two at once wait for each other; the second finds the case of the first. */
  readonly running: Map<PersonId, Promise<Opened>>;
}

const HOUR = 3_600_000;

/** What opening came to. One caller has at most one open case: two technicians must not be played against each other. */
export type Opened =
  | { readonly kind: 'opened'; readonly stored: StoredCase }
  | { readonly kind: 'already-open'; readonly stored: StoredCase };

/** Opens a case about `caller`, worked by `technician`. Throws Fault when the ledger cannot be written. */
export async function openCaseAbout(parts: OpenParts, technician: PersonId, caller: PersonId): Promise<Opened> {
  const before = parts.running.get(caller);
  if (before !== undefined) {
    await before.catch(() => undefined); // its failure is told to whoever asked first; here only its end matters
    return openCaseAbout(parts, technician, caller);
  }
  const opening = openAlone(parts, technician, caller).finally(() => parts.running.delete(caller));
  parts.running.set(caller, opening);
  return opening;
}

async function openAlone(parts: OpenParts, technician: PersonId, caller: PersonId): Promise<Opened> {
  const open = (await parts.ledger.openCases()).find((stored) => stored.case.caller === caller);
  if (open !== undefined) return { kind: 'already-open', stored: open };
  const facts = await readFacts(parts, technician, caller, null);
  const now = parts.runtime.now();
  const draft = openCase(caller, { kind: 'snapshot-read', by: technician, facts }, parts.policy(), now);
  const entries = (id: CaseId): readonly LedgerEntry[] => [
    {
      code: 'case.opened',
      actor: technician,
      about: caller,
      caseId: id,
      intentId: null,
      detail: { to: draft.state.kind, unread: unreadParts(facts), stops: stopsOf(draft.state) },
    },
  ];
  return { kind: 'opened', stored: await parts.ledger.openCase(draft, entries, now) };
}

/** Reads everything the procedure decides on, from the directory and from our own ledger, and writes down that it did. */
export async function readFacts(
  parts: OpenParts,
  technician: PersonId,
  caller: PersonId,
  caseId: CaseId | null,
): Promise<CallerFacts> {
  const { runtime: runtime, ledger } = parts;
  const intentId = runtime.newId();
  const entry = (phase: 'intent' | 'outcome', detail: LedgerEntry['detail']): LedgerEntry => ({
    code: `picture.read.${phase}`,
    actor: technician,
    about: caller,
    caseId,
    intentId,
    detail,
  });
  await ledger.record([entry('intent', {})], runtime.now());
  const [picture, history, above] = await Promise.all([
    parts.profiles.readSnapshot(caller),
    readHistory(parts, caller, caseId),
    parts.directory.managerOf(technician),
  ]);
  const closeToTechnician = reportsToEachOther(technician, caller, picture.manager, above);
  const facts: CallerFacts = { ...picture, history, closeToTechnician };
  await ledger.record([entry('outcome', { unread: unreadParts(facts) })], runtime.now());
  return facts;
}

/** Whether one of the two is the other's manager. One yes is enough; an unread half leaves a no unsaid. */
function reportsToEachOther(
  technician: PersonId,
  caller: PersonId,
  managerOfCaller: Reading<PersonId | null>,
  managerOfTechnician: Reading<PersonId | null>,
): Reading<boolean> {
  const yes =
    (managerOfCaller.kind === 'read' && managerOfCaller.value === technician) ||
    (managerOfTechnician.kind === 'read' && managerOfTechnician.value === caller);
  if (yes) return { kind: 'read', value: true };
  if (managerOfCaller.kind !== 'read') return managerOfCaller;
  return managerOfTechnician.kind === 'read' ? { kind: 'read', value: false } : managerOfTechnician;
}

async function readHistory(
  parts: OpenParts,
  caller: PersonId,
  caseId: CaseId | null,
): Promise<Reading<ContactHistory>> {
  const now = parts.runtime.now();
  try {
    const [contacts, month, objectedAt] = await Promise.all([
      parts.ledger.contactsAbout(caller, (now - 24 * HOUR) as Instant),
      parts.ledger.contactsAbout(caller, (now - 30 * 24 * HOUR) as Instant),
      parts.ledger.objectionAbout(caller, (now - parts.objectionBlocksHours * HOUR) as Instant),
    ]);
    // The case itself is one of its own contacts once it is open.
    const others = (count: number): number => (caseId === null ? count : Math.max(0, count - 1));
    return {
      kind: 'read',
      value: { contactsLastDay: others(contacts), contactsLastMonth: others(month), objectedAt },
    };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'unread', why: 'unreachable' };
    throw error;
  }
}

function unreadParts(facts: CallerFacts): readonly string[] {
  const readings = Object.entries(facts) as readonly [string, Instant | Reading<unknown>][];
  return readings.filter(([, fact]) => typeof fact === 'object' && fact.kind !== 'read').map(([name]) => name);
}

function stopsOf(state: StoredCase['case']['state']): readonly string[] {
  if (state.kind !== 'closed' || state.closing.outcome !== 'escalated') return [];
  return state.closing.stops.map((stop) => stop.code);
}

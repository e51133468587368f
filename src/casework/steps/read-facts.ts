/**
 * Reads everything the procedure decides on: from the directory, and from the ledger's own history of the caller.
 * Looking into somebody's account leaves a trace before it is done. What the read gave is written with the step it leads to.
 */
import type { CallerFacts, ContactHistory, Instant, PersonId, Reading } from '../../procedure/facts.ts';
import { unreadParts } from '../../procedure/missing.ts';
import type { CaseId } from '../../procedure/case.ts';
import type { Policy } from '../../procedure/policy.ts';
import { otherCalls } from './contacts.ts';
import type { Profiles } from './profiles.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { Fault } from '../ports/fault.ts';
import type { Directory } from '../ports/directory.ts';
import type { Actor, Ledger, LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { Deadline, Runtime } from '../ports/runtime.ts';

/** What reading facts needs. */
export interface ReadParts {
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'managerOf' | 'numbersOf'>;
  readonly profiles: Profiles;
  readonly runtime: Runtime;
  readonly policy: () => Policy;
  /** "This was not me" keeps new passes away for this long. */
  readonly objectionBlocksHours: number;
}

/** Who reads about whom, and for which case; `null` before there is one. */
export interface Reader {
  readonly technician: PersonId;
  /** Set when the bot reads by itself, for the technician of the case. */
  readonly by?: 'hardline';
  readonly caller: PersonId;
  readonly caseId: CaseId | null;
  /** Until when the directory is waited for. What was not read by then is unread. */
  readonly deadline?: Deadline | undefined;
}

/** Facts, and the entry that says they were read. The entry is written with the step that the facts lead to. */
export interface FactsRead {
  readonly facts: CallerFacts;
  readonly outcome: LedgerEntry;
}

const HOUR = 3_600_000;

/**
 * Reads the facts once `writeIntent` has made the intent durable. `null` when it says that the work is not to be done.
 * Throws Fault when the ledger cannot be written.
 */
export async function readFactsOnce(
  parts: ReadParts,
  reader: Reader,
  writeIntent: (intent: LedgerEntry) => Promise<boolean>,
): Promise<FactsRead | null> {
  const { technician, caller, caseId } = reader;
  const actor: Actor = reader.by ?? technician;
  const intentId = parts.runtime.newId();
  const parties = { actor, about: caller, caseId, intentId };
  if (!(await writeIntent(entryOf('snapshot.read.intent', parties, {})))) return null;
  const [snapshot, history, above, technicianNumbers] = await Promise.all([
    parts.profiles.readSnapshot(caller, reader.deadline),
    readHistory(parts, reader),
    parts.directory.managerOf(technician, reader.deadline),
    parts.directory.numbersOf(technician, reader.deadline),
  ]);
  const closeToTechnician = reportsToEachOther(technician, caller, snapshot.manager, above);
  const facts: CallerFacts = { ...snapshot, history, closeToTechnician, technicianNumbers };
  return { facts, outcome: entryOf('snapshot.read.outcome', parties, { unread: unreadNames(facts) }) };
}

/** Reads the facts for a step of a case: the intent is written first, the outcome is the caller's to write with the step. */
export async function readFactsForStep(parts: ReadParts, reader: Reader): Promise<FactsRead> {
  const read = await readFactsOnce(parts, reader, async (intent) => {
    await parts.ledger.record([intent], parts.runtime.now());
    return true;
  });
  if (read === null) throw new Error('an intent that was written was not followed');
  return read;
}

/** Reads the facts and records both that they will be read and what that gave. */
export async function readFacts(parts: ReadParts, reader: Reader): Promise<CallerFacts> {
  const { facts, outcome } = await readFactsForStep(parts, reader);
  await parts.ledger.record([outcome], parts.runtime.now());
  return facts;
}

/** The same by the bot itself, for a case that lacks a fact. Throws Fault when the ledger cannot be written. */
export function readFactsAgain(
  parts: ReadParts,
  { case: { technician, caller, id } }: StoredCase,
): Promise<CallerFacts> {
  return readFacts(parts, { technician, caller, caseId: id, by: 'hardline' });
}

/** Names of the parts that could not be read, as the ledger has them: the age of every number among them. */
export function unreadNames(facts: CallerFacts): readonly string[] {
  return unreadParts(facts).map(({ part }) => part);
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

async function readHistory(parts: ReadParts, { caller, technician, caseId }: Reader): Promise<Reading<ContactHistory>> {
  const now = parts.runtime.now();
  const hoursAgo = (hours: number): Instant => (now - hours * HOUR) as Instant;
  try {
    const [month, objectedAt, noes] = await Promise.all([
      parts.ledger.contactsAbout(caller, hoursAgo(30 * 24)),
      parts.ledger.objectionAbout(caller, hoursAgo(parts.objectionBlocksHours)),
      parts.ledger.noesAbout(caller, hoursAgo(parts.policy().noSticksHours)),
    ]);
    const day = month.filter(({ at }) => at >= hoursAgo(24));
    const current = { technician, caseId, now };
    return {
      kind: 'read',
      value: {
        contactsLastDay: otherCalls(day, current),
        contactsLastMonth: otherCalls(month, current),
        objectedAt,
        noes,
      },
    };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'unread', why: 'unreachable' };
    throw error;
  }
}

/**
 * "This was not me": recorded in whatever state the case is, and however often it is pressed.
 * An objection never loses a race. It is applied to the case as it is now, and to the open case about the same person when
 * that is another one: the owner of the account cannot know which notice belongs to the attack.
 */
import type { PersonId, Reading, RegisteredMethod } from '../../procedure/facts.ts';
import { registeredSince } from '../../procedure/issued-passes.ts';
import type { Refusal } from '../../procedure/case.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import { advance } from './advance.ts';
import type { Services, TurnServices } from '../services.ts';
import type { StoredCase } from '../ports/ledger.ts';
import { withAtMost, type Deadline } from '../ports/runtime.ts';

type Parts = Pick<Services, 'directory' | 'ledger' | 'issuing' | 'outbox' | 'runCase' | 'timing'>;
type ObjectionEvent = Extract<CaseEvent, { kind: 'caller-objected' }>;

/** The code of the step; its first entry about a case is the objection, later ones say it again. */
const OBJECTED = 'case.caller-objected';
/** Steps that may come in between while one objection is applied. */
const TRIES = 10;

/** Who the manager is now is not waited for any longer, in milliseconds: an objection must not wait for the directory. */
const MANAGER_MS = 2_000;

/**
 * Takes an objection; the refusal when `by` has no right to it. A button that is too old for its own case still counts for the
 * case about the same person that is open now. Throws Fault when it cannot be written.
 */
export async function recordObjection(
  parts: Parts,
  stored: StoredCase,
  by: PersonId,
  deadline?: Deadline,
): Promise<Refusal | null> {
  const { caller, id } = stored.case;
  const event = { kind: 'caller-objected', by, managerNow: await readManagerNow(parts, stored, by, deadline) } as const;
  const open = await parts.ledger.openCaseOf(caller);
  const refusal = await recordOn(parts, stored, event);
  if (refusal !== null && !IS_OVER.has(refusal.code)) return refusal;
  if (open === null || open.case.id === id) return refusal;
  const onOpen = await recordOn(parts, open, event);
  return onOpen === null ? null : refusal;
}

const IS_OVER: ReadonlySet<Refusal['code']> = new Set(['objection-is-too-late', 'objection-after-the-case']);

/** The caller's manager at this moment. It is read only for whoever the case knows as the manager. */
async function readManagerNow(
  parts: Parts,
  stored: StoredCase,
  by: PersonId,
  deadline: Deadline | undefined,
): Promise<ObjectionEvent['managerNow']> {
  const { caller } = stored.case;
  if (by === caller || !mayRepeat(stored, by)) return { kind: 'unread', why: 'not-asked' };
  return withAtMost(MANAGER_MS, deadline, parts.timing, (soon) => parts.directory.managerOf(caller, soon));
}

/**
 * What was registered since a pass was ordered in this case, or in the open one about the same person; `null` where there was no
 * pass. Read live, for the answer to the person who objected; what the case remembers is read once more, with its own entry.
 */
export async function registeredWithPass(
  { ledger, directory, deadline }: Pick<TurnServices, 'ledger' | 'directory' | 'deadline'>,
  { case: { caller, issued: before } }: StoredCase,
): Promise<Reading<readonly RegisteredMethod[]> | null> {
  const issued = before ?? (await ledger.openCaseOf(caller))?.case.issued ?? null;
  if (issued === null) return null;
  const methods = await directory.readMethods(caller, deadline);
  return methods.kind === 'read' ? { kind: 'read', value: registeredSince(issued, methods.value) } : methods;
}

/** A second press, or a second delivery of the same press, alarms nobody twice. */
async function recordOn(parts: Parts, from: StoredCase, event: ObjectionEvent): Promise<Refusal | null> {
  const { by } = event;
  let stored = from;
  for (let tried = 0; tried < TRIES; tried += 1) {
    // Read after the case: an objection that is missing here makes the step below stale.
    if (mayRepeat(stored, by) && (await alreadyTaken(parts, stored))) return null;
    const result = await advance(parts.issuing, stored, event, by);
    if (result.kind === 'refused') return result.refusal;
    if (result.kind !== 'stale') {
      await parts.outbox.release(stored.case.id); // a pass on the technician's screen is void now
      parts.runCase.later(result.stored, result.intended);
      return null;
    }
    const latest = await parts.ledger.load(stored.case.id);
    if (latest === null) throw new Error(`case ${stored.case.id} is gone from the ledger`);
    stored = latest;
  }
  throw new Error(`case ${from.case.id} moved ${TRIES} times while one objection was applied`);
}

/** Whoever may not object is left to the procedure, which says no and has it written down. */
function mayRepeat({ case: { caller, facts, issued } }: StoredCase, by: PersonId): boolean {
  if (by === caller || issued?.managersTold.includes(by) === true) return true;
  return facts.manager.kind === 'read' && facts.manager.value === by;
}

async function alreadyTaken(parts: Parts, { case: { id } }: StoredCase): Promise<boolean> {
  return (await parts.ledger.entries({ caseId: id, limit: 1, codes: [OBJECTED] })).length > 0;
}

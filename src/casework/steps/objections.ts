/**
 * "This was not me": recorded in whatever state the case is, and however often it is pressed.
 * An objection never loses a race. It is applied to the case as it is now, and to the open case about the same person when
 * that is another one: the owner of the account cannot know which notice belongs to the attack.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { Refusal } from '../../procedure/case.ts';
import { advance } from './advance.ts';
import type { Services } from '../services.ts';
import type { StoredCase } from '../ports/ledger.ts';

type Parts = Pick<Services, 'ledger' | 'issuing' | 'outbox' | 'runCase'>;

/** The code of the step; its first entry about a case is the objection, later ones say it again. */
const OBJECTED = 'case.caller-objected';
/** Steps that may come in between while one objection is applied. */
const TRIES = 10;

/** Takes an objection; the refusal when `by` has no right to it. Throws Fault when it cannot be written. */
export async function recordObjection(parts: Parts, stored: StoredCase, by: PersonId): Promise<Refusal | null> {
  const { caller, id } = stored.case;
  const open = await parts.ledger.openCaseOf(caller);
  const refusal = await recordOn(parts, stored, by);
  if (refusal !== null) return refusal;
  if (open !== null && open.case.id !== id) await recordOn(parts, open, by);
  return null;
}

/** A second press, or a second delivery of the same press, alarms nobody twice. */
async function recordOn(parts: Parts, from: StoredCase, by: PersonId): Promise<Refusal | null> {
  let stored = from;
  for (let tried = 0; tried < TRIES; tried += 1) {
    // Read after the case: an objection that is missing here makes the step below stale.
    if (mayRepeat(stored, by) && (await alreadyTaken(parts, stored))) return null;
    const result = await advance(parts.issuing, stored, { kind: 'caller-objected', by }, by);
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
function mayRepeat({ case: { caller, facts } }: StoredCase, by: PersonId): boolean {
  return by === caller || (facts.manager.kind === 'read' && facts.manager.value === by);
}

async function alreadyTaken(parts: Parts, { case: { id } }: StoredCase): Promise<boolean> {
  return (await parts.ledger.entries({ caseId: id, limit: 1, codes: [OBJECTED] })).length > 0;
}

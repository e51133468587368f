/**
 * How many calls the entries about a caller tell of. One call is one contact, however often the reset was asked for in it; a
 * second technician who is asked about an open case is one more.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { Instant } from '../../procedure/facts.ts';
import type { Actor, RecordedEntry } from '../ports/ledger.ts';

/** What a technician types about one caller within this time, and without a case in between, belongs to one call. */
const ONE_CALL_MS = 15 * 60_000;

/** The call that is being worked on, which is no earlier contact. `caseId`: `null` before its case is opened. */
export interface ThisCall {
  readonly technician: Actor;
  readonly caseId: CaseId | null;
  readonly now: Instant;
}

type Entry = Pick<RecordedEntry, 'actor' | 'caseId' | 'at'>;

/** One call: by whom it was worked, in which case, and when it was last heard of. */
interface Call {
  readonly technician: Actor;
  readonly caseId: CaseId | null;
  readonly lastAt: Instant;
}

/** The number of calls other than this one. `entries`: oldest first. Source: the procedure's rule about contacts. */
export function otherCalls(entries: readonly Entry[], current: ThisCall): number {
  const calls = entries.reduce<readonly Call[]>(withEntry, []);
  return calls.filter((call) => !isSame(call, current)).length;
}

function withEntry(calls: readonly Call[], { actor, caseId, at }: Entry): readonly Call[] {
  const call: Call = { technician: actor, caseId, lastAt: at };
  const known = calls.findLast((one) => belongs(one, call));
  return known === undefined ? [...calls, call] : calls.map((one) => (one === known ? call : one));
}

/** In the same case, or shortly after what the same technician was asked without one. */
function belongs(known: Call, next: Call): boolean {
  if (known.technician !== next.technician) return false;
  if (known.caseId !== null) return known.caseId === next.caseId;
  return next.lastAt - known.lastAt <= ONE_CALL_MS;
}

function isSame(call: Call, { technician, caseId, now }: ThisCall): boolean {
  return belongs(call, { technician, caseId, lastAt: now });
}

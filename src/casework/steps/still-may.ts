/**
 * Who of those who approved a pass may still do so, read for the press on *Issue*: an approver who left the group or was disabled
 * since has approved nothing.
 */
import type { Approval } from '../../procedure/case.ts';
import type { PersonId, Reading, UnreadReason } from '../../procedure/facts.ts';
import { Fault, type FaultCode } from '../ports/fault.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { Deadline } from '../ports/runtime.ts';
import type { RolesOf } from '../turns/access.ts';

/** Reads it afresh for every approval of the case, all at once. One that is unread makes the whole unread. */
export async function stillMay(
  rolesOf: RolesOf,
  { case: { state } }: StoredCase,
  deadline: Deadline,
): Promise<Reading<readonly PersonId[]>> {
  const given = state.kind === 'ready-to-issue' ? state.approvals : [];
  const holds = async ({ by, as }: Approval): Promise<boolean> =>
    (await rolesOf(by, { fresh: true, deadline })).has(as);
  try {
    const held = await Promise.all(given.map(holds));
    return { kind: 'read', value: given.filter((_, index) => held[index] === true).map(({ by }) => by) };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'unread', why: WHY[error.code] ?? 'unreachable' };
    throw error;
  }
}

const WHY: Readonly<Partial<Record<FaultCode, UnreadReason>>> = {
  'directory-denied': 'denied',
  'directory-throttled': 'throttled',
  'directory-timeout': 'timeout',
  'directory-unexpected': 'unknown-shape',
};

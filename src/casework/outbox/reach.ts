/**
 * How many approvers or leads a case reached, as its card says it. The ledger decides that, not memory: a card says that somebody
 * was reached only where the outcome of the message is written down, also after a restart.
 */
import type { Role } from '../../procedure/actions.ts';
import type { Case } from '../../procedure/case.ts';
import { stillNeeded, type StillNeeded } from '../../procedure/second-persons.ts';
import type { Reach, ToCall } from '../ports/reach-view.ts';
import type { GroupMember, GroupMembers } from '../ports/directory.ts';
import { effectCode } from '../ports/ledger-codes.ts';
import type { Ledger, RecordedEntry, StoredCase } from '../ports/ledger.ts';
import type { Deadline, Runtime } from '../ports/runtime.ts';
import type { MembersOf } from './role-members.ts';

/** What it needs. `emergencyContact`: as configured; `null` when none is. */
export interface ReachParts {
  readonly ledger: Pick<Ledger, 'newestOf'>;
  readonly membersOf: MembersOf;
  readonly runtime: Runtime;
  readonly emergencyContact: string | null;
}

/** Reads what a case reached; `null` when it asked nobody. */
export type ReachOf = (stored: StoredCase, deadline?: Deadline) => Promise<Reach | null>;

/** What came of a message to a role, read from its newest entry. */
export type Reached =
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent'; readonly reached: number; readonly of: number; readonly listed: GroupMembers['listed'] }
  | { readonly kind: 'group-unread' }
  /** The process ended in between, or the detail was erased. */
  | { readonly kind: 'not-known' };

/** The codes of a message to a role. */
export const ASKED = [effectCode('ask-approvers', 'intent'), effectCode('ask-approvers', 'outcome')] as const;
/** The same for alarms. */
export const ALARMED = [effectCode('alarm-leads', 'intent'), effectCode('alarm-leads', 'outcome')] as const;

/** Names and numbers of whom to call live in memory for this long, like all names. */
const REMEMBER_MS = 10 * 60_000;

/** Builds the look-up. */
export function createReachOf({ ledger, membersOf, runtime, emergencyContact }: ReachParts): ReachOf {
  const remembered = new Map<Role, { readonly members: readonly GroupMember[]; readonly at: number }>();

  const whoToCall = async (
    role: Role,
    { case: { technician, caller } }: StoredCase,
    deadline?: Deadline,
  ): Promise<ToCall> => {
    const known = remembered.get(role);
    const isFresh = known !== undefined && runtime.now() - known.at < REMEMBER_MS;
    const read = isFresh ? null : await membersOf(role, deadline);
    if (read?.kind === 'read') remembered.set(role, { members: read.value.people, at: runtime.now() });
    const members = isFresh ? known.members : read?.kind === 'read' ? read.value.people : [];
    const member = members.find(({ id, number }) => number !== null && id !== technician && id !== caller);
    return {
      member:
        member?.number === undefined || member.number === null
          ? null
          : { name: member.displayName, number: member.number },
      contact: emergencyContact,
    };
  };

  return async (stored, deadline) => {
    if (deadline?.left() === 0) return null;
    const { role, codes } = askedIn(stored.case);
    const entry = await ledger.newestOf(codes, stored.case.id);
    if (entry === null) return null;
    const came = whatCameOf(entry);
    if (came.kind === 'sending') return { kind: 'sending', role };
    if (came.kind === 'sent' && came.reached > 0) {
      const { reached, of, listed } = came;
      return { kind: 'reached', role, reached, of, listed };
    }
    return {
      kind: 'not-reached',
      role,
      why: WHY[came.kind],
      call: await whoToCall(role === 'approver' ? role : 'lead', stored, deadline),
    };
  };
}

const WHY = { sent: 'nobody', 'group-unread': 'unread', 'not-known': 'not-known' } as const;

/** Whom a case in this state has asked, or may have alarmed. An alarm is of interest as long as there is a card of the case. */
function askedIn({ state }: Case): { readonly role: Reach['role']; readonly codes: readonly string[] } {
  if (state.kind !== 'awaiting-approval') return { role: 'lead', codes: ALARMED };
  return { role: roleAsked(stillNeeded(state.needs, state.approvals)), codes: ASKED };
}

function roleAsked(missing: readonly StillNeeded[]): Reach['role'] {
  if (missing.includes('anybody')) return 'lead-or-approver';
  return missing.includes('lead') ? 'lead-asked' : 'approver';
}

/** What an entry says about its message. Older versions wrote the same outcomes. */
export function whatCameOf({ code, detail }: Pick<RecordedEntry, 'code' | 'detail'>): Reached {
  if (code.endsWith('.intent')) return { kind: 'sending' };
  const outcome = String(detail['outcome'] ?? '');
  const [, reached, more, of] = /^reached (\d+) of (more than )?(\d+)$/.exec(outcome) ?? [];
  if (reached !== undefined) {
    const listed = more === undefined ? 'all' : 'first-pages';
    return { kind: 'sent', reached: Number(reached), of: Number(of), listed };
  }
  return outcome.startsWith('not read: ') ? { kind: 'group-unread' } : { kind: 'not-known' };
}

/**
 * Whether the manager on record may confirm a caller. It is asked three times, each time with facts that were read for it: when the
 * manager is asked, when they answer, and when the pass is issued. An attacker who may change the directory makes an accomplice
 * the manager, or an account that nobody uses any more.
 */
import type { CallerFacts, Instant, MissingPart, PersonId } from './facts.ts';
import { missingOfManager } from './missing.ts';
import type { ManagerUnfit } from './refusals.ts';
import { whyUnsettled, type SettledPolicy } from './settled.ts';

/** What the facts say about the manager. `unread`: nothing that was read speaks against them, but not everything was read. */
export type ManagerOpinion =
  | { readonly kind: 'fits'; readonly manager: PersonId }
  | { readonly kind: 'unfit'; readonly why: ManagerUnfit }
  | { readonly kind: 'unread'; readonly missing: readonly MissingPart[] };

/** The people of a case: neither of them can confirm the caller as a manager. */
interface Involved {
  readonly technician: PersonId;
  readonly caller: PersonId;
}

/** Whether the manager on record may confirm the caller now. Source: the procedure's rule "who works, works now". */
export function managerOpinion(
  facts: CallerFacts,
  { technician, caller }: Involved,
  policy: SettledPolicy,
  now: Instant,
): ManagerOpinion {
  const { manager, managerAge, managerAccount } = facts;
  if (manager.kind !== 'read') return { kind: 'unread', missing: missingOfManager(facts) };
  if (manager.value === null) return unfit('no-manager-on-record');
  if (manager.value === technician) return unfit('manager-is-the-technician');
  if (manager.value === caller) return unfit('manager-is-the-caller');
  const account = managerAccount.kind === 'read' ? managerAccount.value : null;
  if (account?.enabled === false) return unfit('manager-is-disabled');
  if (account !== null && account.kind !== 'member') return unfit('manager-is-a-guest');
  const age = managerAge.kind === 'read' ? managerAge.value : null;
  const unsettled = age === null ? null : whyUnsettled(age, policy, now);
  if (unsettled !== null) return unfit(`manager-${unsettled}`);
  const missing: MissingPart[] = [...missingOfManager(facts)];
  if (managerAge.kind === 'read' && age === null) missing.push({ part: 'manager-age', why: 'missing' });
  if (managerAccount.kind === 'read' && account === null) missing.push({ part: 'manager-account', why: 'missing' });
  return missing.length > 0 ? { kind: 'unread', missing } : { kind: 'fits', manager: manager.value };
}

function unfit(why: ManagerUnfit): ManagerOpinion {
  return { kind: 'unfit', why };
}

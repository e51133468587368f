/**
 * The guards: reasons why nobody may give this caller a pass. Each is a small named function of the facts.
 * The one rule kept here: what could not be read stops, exactly as what was read and found forbidden.
 */

import type { CallerFacts, PersonId } from './facts.ts';

/** Closed list of stops. */
export type StopCode =
  | 'caller-is-the-technician'
  | 'account-disabled'
  | 'external-guest'
  | 'caller-objected'
  | 'confirmed-compromised'
  | 'high-risk'
  | 'privileged-role'
  | 'eligible-for-privileged-role'
  | 'role-assignable-group'
  | 'protected-group'
  | 'management-restricted'
  | 'pass-policy-off'
  | 'outside-pass-policy'
  | 'lockdown'
  | 'account-unread'
  | 'methods-unread'
  | 'roles-unread'
  | 'eligibility-unread'
  | 'groups-unread'
  | 'pass-policy-unread'
  | 'risk-unread'
  | 'history-unread';

/** One guard that stands in the way. */
export interface Stop {
  readonly code: StopCode;
  /** `case`: the case itself ends here. `pass`: only the pass is out of reach; self-service stays open. */
  readonly reach: 'case' | 'pass';
  /** The role or the reason for the missing read; never a person's name. Empty when the code says it all. */
  readonly detail: string;
}

/** One guard: looks at the facts, says what stands in the way, or nothing. */
type Guard = (facts: CallerFacts, context: GuardContext) => Stop | null;

interface GuardContext {
  readonly technician: PersonId;
  readonly caller: PersonId;
  readonly policy: GuardPolicy;
}

/** The part of the policy that guards look at. */
export interface GuardPolicy {
  readonly harmlessRoles: readonly string[];
  readonly whenNotLicensed: { readonly risk: 'stop' | 'go-on'; readonly eligibility: 'stop' | 'go-on' };
  readonly mode: 'normal' | 'elevated' | 'lockdown';
}

const endsCase = (code: StopCode, detail = ''): Stop => ({ code, reach: 'case', detail });
const endsPass = (code: StopCode, detail = ''): Stop => ({ code, reach: 'pass', detail });

const nobodyHelpsThemselves: Guard = (_facts, { technician, caller }) =>
  technician === caller ? endsCase('caller-is-the-technician') : null;

const disabledIsNoLockout: Guard = ({ account }) => {
  if (account.kind !== 'read') return endsPass('account-unread', account.why);
  return account.value.enabled ? null : endsCase('account-disabled');
};

const guestsBelongToTheirOwnTenant: Guard = ({ account }) =>
  account.kind === 'read' && account.value.kind === 'external-guest' ? endsCase('external-guest') : null;

const restrictedManagement: Guard = ({ account }) =>
  account.kind === 'read' && account.value.managementRestricted ? endsPass('management-restricted') : null;

const methodsMustBeKnown: Guard = ({ methods }) =>
  methods.kind === 'read' ? null : endsPass('methods-unread', methods.why);

const noPrivilegedRole: Guard = ({ activeRoles }, { policy }) => {
  if (activeRoles.kind !== 'read') return endsPass('roles-unread', activeRoles.why);
  const held = activeRoles.value.find((role) => !policy.harmlessRoles.includes(role.templateId));
  return held === undefined ? null : endsPass('privileged-role', held.name);
};

const noEligiblePrivilege: Guard = ({ eligibleRoles }, { policy }) => {
  if (eligibleRoles.kind !== 'read') {
    const noPlan = eligibleRoles.why === 'not-licensed' && policy.whenNotLicensed.eligibility === 'go-on';
    return noPlan ? null : endsPass('eligibility-unread', eligibleRoles.why);
  }
  const held = eligibleRoles.value.find((role) => !policy.harmlessRoles.includes(role.templateId));
  return held === undefined ? null : endsPass('eligible-for-privileged-role', held.name);
};

const noGroupThatCarriesRoles: Guard = ({ groups }) => {
  if (groups.kind !== 'read') return endsPass('groups-unread', groups.why);
  return groups.value.inRoleAssignableGroup ? endsPass('role-assignable-group') : null;
};

const noProtectedGroup: Guard = ({ groups }) =>
  groups.kind === 'read' && groups.value.inProtectedGroup ? endsPass('protected-group') : null;

const tenantAllowsPasses: Guard = ({ passPolicy }) => {
  if (passPolicy.kind !== 'read') return endsPass('pass-policy-unread', passPolicy.why);
  if (!passPolicy.value.enabled) return endsPass('pass-policy-off');
  return passPolicy.value.callerInScope ? null : endsPass('outside-pass-policy');
};

const noHighRisk: Guard = ({ risk }, { policy }) => {
  if (risk.kind !== 'read') {
    const noPlan = risk.why === 'not-licensed' && policy.whenNotLicensed.risk === 'go-on';
    return noPlan ? null : endsPass('risk-unread', risk.why);
  }
  if (risk.value.confirmedCompromised) return endsCase('confirmed-compromised');
  return risk.value.level === 'high' ? endsPass('high-risk') : null;
};

const ownerDidNotObject: Guard = ({ history }) => {
  if (history.kind !== 'read') return endsPass('history-unread', history.why);
  return history.value.objectedAt === null ? null : endsCase('caller-objected');
};

const noLockdown: Guard = (_facts, { policy }) => (policy.mode === 'lockdown' ? endsPass('lockdown') : null);

/** Every guard, in the order a technician should read them. */
const GUARDS: readonly Guard[] = [
  nobodyHelpsThemselves,
  disabledIsNoLockout,
  guestsBelongToTheirOwnTenant,
  ownerDidNotObject,
  noHighRisk,
  noPrivilegedRole,
  noEligiblePrivilege,
  noGroupThatCarriesRoles,
  noProtectedGroup,
  restrictedManagement,
  tenantAllowsPasses,
  methodsMustBeKnown,
  noLockdown,
];

/**
 * Everything that stands in the way of a pass for this caller. Empty means: nothing known, and everything was read.
 * Source: the procedure's list of stops.
 */
export function stopsFor(
  facts: CallerFacts,
  technician: PersonId,
  caller: PersonId,
  policy: GuardPolicy,
): readonly Stop[] {
  const context: GuardContext = { technician, caller, policy };
  return GUARDS.map((guard) => guard(facts, context)).filter((stop) => stop !== null);
}

/** Whether the account counts as an administrator at Microsoft's reset page. Unread roles count as held. */
export function holdsPrivilegedRole(facts: Pick<CallerFacts, 'activeRoles'>): boolean {
  return facts.activeRoles.kind !== 'read' || facts.activeRoles.value.length > 0;
}

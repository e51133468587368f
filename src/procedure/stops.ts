/**
 * The stops: reasons why nobody may issue a pass for this caller. Each is found by a guard, a small function of the facts.
 * A fact that could not be read stops the pass, exactly like a fact that forbids it.
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

/** A reason why there can be no pass. */
export interface Stop {
  readonly code: StopCode;
  /** `case`: the case ends. `pass`: no pass is possible, but self-service still is. */
  readonly reach: 'case' | 'pass';
  /** The name of the role, or why a fact could not be read. Never a person's name. Empty when the code needs no detail. */
  readonly detail: string;
}

/** One guard: the stop that it finds in the facts, or `null`. */
type Guard = (facts: CallerFacts, context: GuardContext) => Stop | null;

interface GuardContext {
  readonly technician: PersonId;
  readonly caller: PersonId;
  readonly policy: GuardPolicy;
}

/** The part of the policy that the guards need. */
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

/** Every guard, in the order in which a technician reads the stops. */
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
 * Every stop for this caller. Empty when everything that matters was read and nothing forbids a pass.
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

/** Whether Microsoft's reset page treats the account as an administrator. Roles that could not be read count as held. */
export function holdsPrivilegedRole(facts: Pick<CallerFacts, 'activeRoles'>): boolean {
  return facts.activeRoles.kind !== 'read' || facts.activeRoles.value.length > 0;
}

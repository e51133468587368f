/**
 * The stops: reasons why nobody may issue a pass for this caller. Each is found by a guard, a small function of the facts.
 * A stop is always something that was read. A fact that could not be read is no stop and accuses nobody: it keeps back the press
 * that needs it (missing.ts), until it has been read.
 */
import type { CallerFacts, PersonId, Reading, RoleFact } from './facts.ts';

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
  | 'helpdesk-account'
  | 'management-restricted'
  | 'pass-policy-off'
  | 'outside-pass-policy'
  | 'lockdown';

/** Stops that version 0.1.0 recorded when something could not be read. Nothing finds them any more. */
export type RetiredStopCode =
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
  readonly code: StopCode | RetiredStopCode;
  /** `case`: the case ends. `pass`: no pass is possible, but self-service still is. */
  readonly reach: 'case' | 'pass';
  /** The name of the role. Never a person's name. Empty when the code needs no detail. */
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
  readonly helpdeskAccounts: 'lead' | 'never';
  readonly mode: 'normal' | 'elevated' | 'lockdown';
}

const endsCase = (code: StopCode, detail = ''): Stop => ({ code, reach: 'case', detail });
const endsPass = (code: StopCode, detail = ''): Stop => ({ code, reach: 'pass', detail });

const nobodyHelpsThemselves: Guard = (_facts, { technician, caller }) =>
  technician === caller ? endsCase('caller-is-the-technician') : null;

const disabledIsNoLockout: Guard = ({ account }) =>
  account.kind === 'read' && !account.value.enabled ? endsCase('account-disabled') : null;

const guestsBelongToTheirOwnTenant: Guard = ({ account }) =>
  account.kind === 'read' && account.value.kind === 'external-guest' ? endsCase('external-guest') : null;

const restrictedManagement: Guard = ({ account }) =>
  account.kind === 'read' && account.value.managementRestricted ? endsPass('management-restricted') : null;

const noPrivilegedRole: Guard = ({ activeRoles }, { policy }) => {
  const held = privilegedIn(activeRoles, policy);
  return held === undefined ? null : endsPass('privileged-role', held.name);
};

const noEligiblePrivilege: Guard = ({ eligibleRoles }, { policy }) => {
  const held = privilegedIn(eligibleRoles, policy);
  return held === undefined ? null : endsPass('eligible-for-privileged-role', held.name);
};

function privilegedIn(roles: Reading<readonly RoleFact[]>, { harmlessRoles }: GuardPolicy): RoleFact | undefined {
  return roles.kind === 'read' ? roles.value.find((role) => !harmlessRoles.includes(role.templateId)) : undefined;
}

const noGroupThatCarriesRoles: Guard = ({ groups }) =>
  groups.kind === 'read' && groups.value.inRoleAssignableGroup ? endsPass('role-assignable-group') : null;

const noProtectedGroup: Guard = ({ groups }) =>
  groups.kind === 'read' && groups.value.inProtectedGroup ? endsPass('protected-group') : null;

const helpdeskGetsNone: Guard = ({ groups }, { policy }) =>
  groups.kind === 'read' && groups.value.inHelpdeskGroup && policy.helpdeskAccounts === 'never'
    ? endsPass('helpdesk-account')
    : null;

const tenantAllowsPasses: Guard = ({ passPolicy }) => {
  if (passPolicy.kind !== 'read') return null;
  if (!passPolicy.value.enabled) return endsPass('pass-policy-off');
  return passPolicy.value.callerInScope ? null : endsPass('outside-pass-policy');
};

const noHighRisk: Guard = ({ risk }) => {
  if (risk.kind !== 'read') return null;
  if (risk.value.confirmedCompromised) return endsCase('confirmed-compromised');
  return risk.value.level === 'high' ? endsPass('high-risk') : null;
};

const ownerDidNotObject: Guard = ({ history }) =>
  history.kind === 'read' && history.value.objectedAt !== null ? endsCase('caller-objected') : null;

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
  helpdeskGetsNone,
  restrictedManagement,
  tenantAllowsPasses,
  noLockdown,
];

/**
 * Every stop for this caller. Empty when nothing that was read forbids a pass; whether everything was read is asked apart.
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

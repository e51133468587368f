/**
 * The guards: reasons why nobody may give this caller a pass. Each is a small named function of the facts.
 * The one rule kept here: what could not be read stops, exactly as what was read and found forbidden.
 */

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

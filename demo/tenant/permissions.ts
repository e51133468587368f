/**
 * The application permissions the emulated tenant can grant. None of them can set a password.
 */

/** Every permission that a route can require. */
export const PERMISSIONS = [
  'User.Read.All',
  'GroupMember.Read.All',
  'Member.Read.Hidden',
  'UserAuthenticationMethod.Read.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'Policy.Read.AuthenticationMethod',
  'Policy.Read.All',
  'AuditLog.Read.All',
  'RoleManagement.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  'LicenseAssignment.Read.All',
  'IdentityRiskyUser.Read.All',
  'IdentityRiskEvent.Read.All',
  'User.RevokeSessions.All',
  'TeamsAppInstallation.ReadWriteSelfForUser.All',
] as const;

/** The name of an application permission. */
export type Permission = (typeof PERMISSIONS)[number];

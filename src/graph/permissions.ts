/**
 * The application permissions that the bot asks for. Without a required one it does not start; without an optional one it
 * does less, and says what. What else it may hold, and what never, is in other-permissions.ts. docs/permissions.md is
 * generated from both.
 */

/** One application permission of Microsoft Graph. */
export interface Permission {
  readonly name: string;
  /** Id of the app role, as a manifest names it. */
  readonly appRoleId: string;
  readonly why: string;
  readonly need: 'required' | 'optional';
  /** What the bot cannot do without it: a whole sentence. */
  readonly without: string;
}

/** Microsoft Graph, as an app registration names it. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Everything the bot asks for. */
export const PERMISSIONS: readonly Permission[] = [
  {
    name: 'User.Read.All',
    appRoleId: 'df021288-bdef-4463-88db-98f22de89214',
    why: 'Find the caller and the manager, follow changes of numbers and managers, and check who is in which group.',
    need: 'required',
    without: 'Nobody can be found, so no case can be opened.',
  },
  {
    name: 'GroupMember.Read.All',
    appRoleId: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
    why: 'See whether groups the caller is in or owns may hold directory roles, and who the members of the configured groups are. Without it Graph hides those properties, and the bot stops.',
    need: 'required',
    without: 'Graph hides what kind of groups somebody is in, so no caller could get a pass.',
  },
  {
    name: 'UserAuthenticationMethod.Read.All',
    appRoleId: '38d9df27-64da-44fd-b7c5-a6fbac20248f',
    why: 'List the registered sign-in methods in one call. No smaller permission allows that.',
    need: 'required',
    without: 'No card could say how a caller can sign in, and no caller could get a pass.',
  },
  {
    name: 'UserAuthMethod-TAP.ReadWrite.All',
    appRoleId: '627169a8-8c15-451c-861a-5b80e383de5c',
    why: 'Create, look for and delete Temporary Access Passes. This is the only write permission the bot cannot do without.',
    need: 'required',
    without: 'No pass could be created.',
  },
  {
    name: 'Policy.Read.AuthenticationMethod',
    appRoleId: '8e3bc81b-d2f3-4b7b-838c-32c88218d2f0',
    why: "Read the tenant's limits for passes, and who is in scope.",
    need: 'required',
    without: 'Nobody would know whom the tenant allows a pass, so no caller could get one.',
  },
  {
    name: 'AuditLog.Read.All',
    appRoleId: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    why: 'Follow the audit log for self-service resets and changes of numbers, and read the registration report.',
    need: 'required',
    without: 'No number would ever be old enough to be called.',
  },
  {
    name: 'RoleManagement.Read.Directory',
    appRoleId: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
    why: 'See whether the caller holds, or can activate, a directory role. Such callers never get a pass.',
    need: 'required',
    without: 'Nobody would know who is an administrator, so no caller could get a pass.',
  },
  {
    name: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    appRoleId: 'edb419d6-7edc-42a3-9345-509bfdf5d87c',
    why: 'See whether the caller could make themselves a member or an owner of a group that holds directory roles, or of a protected one (PIM for Groups).',
    need: 'required',
    without: 'Nobody would know who can become an administrator through a group, so no caller could get a pass.',
  },
  {
    name: 'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    appRoleId: 'cd4161cb-f098-48f8-a884-1eda9a42434c',
    why: 'See whether the caller has done so, also while their membership does not show yet.',
    need: 'required',
    without: 'Nobody would know who has just become an administrator through a group, so no caller could get a pass.',
  },
  {
    name: 'Member.Read.Hidden',
    appRoleId: '658aa5d8-239f-45c4-aa12-864f4fc7e490',
    why: 'See the members of groups with hidden membership. Needed only if the configuration or the pass policy names such a group.',
    need: 'optional',
    without:
      'Of a group with hidden membership Graph shows nobody: the bot does not start when the configuration names one, and gives no pass while the pass policy of the tenant names one.',
  },
  {
    name: 'IdentityRiskyUser.Read.All',
    appRoleId: 'dc5007c0-2d7d-4c42-879c-2dab87571379',
    why: "Read ID Protection's assessment of the caller (needs Entra ID P2).",
    need: 'optional',
    without: "The bot cannot read a caller's risk; the policy says what that means for a pass.",
  },
  {
    name: 'User.RevokeSessions.All',
    appRoleId: '77f3a031-c388-4f99-b373-dc68676a979e',
    why: 'End the sessions of a caller who says "This was not me".',
    need: 'optional',
    without: 'Somebody else has to end the sessions of a caller who says "This was not me".',
  },
  {
    name: 'LicenseAssignment.Read.All',
    appRoleId: 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
    why: "Read the caller's plans, to say whether they include the self-service reset.",
    need: 'optional',
    without: "The card does not say whether a caller's plan includes the self-service reset.",
  },
  {
    name: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
    appRoleId: '908de74d-f8b2-4d6b-a9ed-2a17b3b78179',
    why: 'Install this bot, and no other app, for callers, managers, approvers and leads it has to write to in Teams.',
    need: 'optional',
    without:
      'Only people who already have the bot are reached in Teams: callers are not told of a recovery in their name, and approvers and leads who never used the bot get no request and no alarm. The card then says whom to call.',
  },
];

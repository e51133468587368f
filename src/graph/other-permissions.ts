/**
 * What else an app can be granted in Microsoft Graph: reads that do no harm, rights that the bot must never hold, and the
 * directory roles of its service principal. Everything that is not on a list of what is allowed stops the start, so a right
 * that Microsoft adds tomorrow stops it, too. The lists of what is forbidden only say why.
 */

/**
 * Reads that may be granted although the bot does not use them. Each reads the settings, the structure or the reports of the
 * directory. None reads what people write or receive (a code that was mailed to them, for instance), a key, a recovery
 * password or another secret, and none changes anything. A name is enough to be harmless only if it is on this list.
 */
export const HARMLESS_READS: readonly string[] = [
  'AdministrativeUnit.Read.All',
  'AppCatalog.Read.All',
  'Application.Read.All',
  'Device.Read.All',
  'Directory.Read.All',
  'Domain.Read.All',
  'Group.Read.All',
  'GroupSettings.Read.All',
  'IdentityProvider.Read.All',
  'IdentityRiskEvent.Read.All',
  'OnPremDirectorySynchronization.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'Policy.Read.ConditionalAccess',
  'PrivilegedAccess.Read.AzureAD',
  'PrivilegedAccess.Read.AzureADGroup',
  'Reports.Read.All',
  'RoleAssignmentSchedule.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagementPolicy.Read.AzureADGroup',
  'RoleManagementPolicy.Read.Directory',
  'ServiceHealth.Read.All',
  'User.ReadBasic.All',
];

/** Permissions the bot must never hold, each with the reason. */
export const NEVER: readonly { readonly name: string; readonly because: string }[] = [
  { name: 'User-PasswordProfile.ReadWrite.All', because: 'sets passwords' },
  { name: 'User.ReadWrite.All', because: 'sets passwords together with a directory role' },
  { name: 'Directory.ReadWrite.All', because: 'sets passwords together with a directory role' },
  { name: 'Directory.AccessAsUser.All', because: 'acts with all rights of whoever signs in' },
  { name: 'UserAuthMethod-Password.ReadWrite.All', because: 'is made for changing passwords' },
  { name: 'UserAuthenticationMethod.ReadWrite.All', because: 'changes every sign-in method, not only passes' },
  { name: 'UserAuthMethod-Phone.ReadWrite.All', because: 'could register a number, and then call it' },
  { name: 'UserAuthMethod-Email.ReadWrite.All', because: 'could register an address that receives reset codes' },
  { name: 'UserAuthMethod-External.ReadWrite.All', because: 'could register a sign-in method for somebody' },
  { name: 'UserAuthMethod-HardwareOATH.ReadWrite.All', because: 'could register a token for somebody' },
  { name: 'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All', because: 'changes the authenticator apps of everybody' },
  { name: 'UserAuthMethod-Passkey.ReadWrite.All', because: 'could register a passkey for somebody' },
  { name: 'UserAuthMethod-QR.ReadWrite.All', because: 'could make a QR code that signs somebody in' },
  { name: 'UserAuthMethod-SoftwareOATH.ReadWrite.All', because: 'could register a token for somebody' },
  { name: 'UserAuthMethod-WindowsHello.ReadWrite.All', because: 'changes the sign-in methods of everybody' },
  { name: 'User-Phone.ReadWrite.All', because: 'could change the number that is called back' },
  { name: 'User-Mail.ReadWrite.All', because: 'could change the address that receives reset codes' },
  { name: 'User.EnableDisableAccount.All', because: 'could bring back an account that somebody disabled' },
  { name: 'User.ManageIdentities.All', because: 'could let somebody else sign in to an account' },
  { name: 'AgentIdUser.ReadWrite.All', because: 'changes accounts' },
  { name: 'Policy.ReadWrite.AuthenticationMethod', because: 'could put anybody into the scope of passes' },
  { name: 'Policy.ReadWrite.ConditionalAccess', because: 'could switch off what protects a sign-in' },
  { name: 'RoleManagement.ReadWrite.Directory', because: 'could give itself a directory role' },
  { name: 'RoleAssignmentSchedule.ReadWrite.Directory', because: 'could give itself a directory role' },
  { name: 'RoleEligibilitySchedule.ReadWrite.Directory', because: 'could make itself eligible for a directory role' },
  { name: 'RoleManagementPolicy.ReadWrite.Directory', because: 'could change who may activate a directory role' },
  { name: 'Group.ReadWrite.All', because: 'could make anybody a technician, or take them out of a protected group' },
  {
    name: 'GroupMember.ReadWrite.All',
    because: 'could make anybody a technician, or take them out of a protected group',
  },
  { name: 'PrivilegedAccess.ReadWrite.AzureADGroup', because: 'could put anybody into a group that holds roles' },
  {
    name: 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
    because: 'could put anybody into a group that holds roles',
  },
  {
    name: 'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
    because: 'could put anybody into a group that holds roles',
  },
  { name: 'AppRoleAssignment.ReadWrite.All', because: 'could grant itself any permission' },
  { name: 'DelegatedPermissionGrant.ReadWrite.All', because: 'could let an app act for anybody' },
  { name: 'Application.ReadWrite.All', because: 'could add credentials to an app that has more permissions' },
  { name: 'Application.ReadWrite.OwnedBy', because: 'could add credentials to an app that has more permissions' },
  { name: 'Mail.Read', because: 'could read the codes that a reset sends by mail' },
  { name: 'Mail.ReadWrite', because: 'could read the codes that a reset sends by mail' },
  { name: 'Mail.Send', because: 'could write to anybody in the name of anybody' },
];

/** Directory roles that can set passwords or lead to one that can, by template id. They are named in the message; every role stops the start. */
export const NEVER_ROLES: Readonly<Record<string, string>> = {
  '62e90394-69f5-4237-9190-012177145e10': 'Global Administrator',
  'e8611ab8-c189-46e8-94e1-60213ab1f814': 'Privileged Role Administrator',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': 'Privileged Authentication Administrator',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': 'Authentication Administrator',
  'fe930be7-5e62-47db-91af-98c3a49a38b1': 'User Administrator',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': 'Helpdesk Administrator',
  '966707d0-3269-4727-9be2-8c3a10f19b9d': 'Password Administrator',
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': 'Application Administrator',
  '158c047a-c907-4556-b7ef-446551a6b5f7': 'Cloud Application Administrator',
  '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2': 'Hybrid Identity Administrator',
  '4ba39ca4-527c-499a-b93d-d9b492c50246': 'Partner Tier1 Support',
  'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8': 'Partner Tier2 Support',
};

/**
 * What the claim `wids` of an app-only token holds although the service principal has no role: Entra puts it into every such
 * token. Nothing else may be there, because the bot needs no directory role.
 */
export const ROLES_OF_EVERY_APP: readonly string[] = ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'];

/**
 * What the bot may do in the tenant: the application permissions it needs, those it may have, and those it must never
 * hold. The bot refuses to start with a permission that could set a password, or that could grant it such a
 * permission. docs/permissions.md is generated from these lists.
 */
import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { Fault } from '../casework/ports/fault.ts';

/** One application permission of Microsoft Graph. */
interface Permission {
  readonly name: string;
  /** Id of the app role, as a manifest names it. */
  readonly appRoleId: string;
  readonly why: string;
  readonly need: 'required' | 'optional';
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
  },
  {
    name: 'GroupMember.Read.All',
    appRoleId: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
    why: 'See whether groups the caller is in or owns may hold directory roles, and who the members of the configured groups are. Without it Graph hides those properties, and the bot stops.',
    need: 'required',
  },
  {
    name: 'UserAuthenticationMethod.Read.All',
    appRoleId: '38d9df27-64da-44fd-b7c5-a6fbac20248f',
    why: 'List the registered sign-in methods in one call. No smaller permission allows that.',
    need: 'required',
  },
  {
    name: 'UserAuthMethod-TAP.ReadWrite.All',
    appRoleId: '627169a8-8c15-451c-861a-5b80e383de5c',
    why: 'Create, look for and delete Temporary Access Passes. This is the only write permission the bot cannot do without.',
    need: 'required',
  },
  {
    name: 'Policy.Read.AuthenticationMethod',
    appRoleId: '8e3bc81b-d2f3-4b7b-838c-32c88218d2f0',
    why: "Read the tenant's limits for passes, and who is in scope.",
    need: 'required',
  },
  {
    name: 'AuditLog.Read.All',
    appRoleId: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    why: 'Follow the audit log for self-service resets and changes of numbers, and read the registration report.',
    need: 'required',
  },
  {
    name: 'RoleManagement.Read.Directory',
    appRoleId: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
    why: 'See whether the caller holds, or can activate, a directory role. Such callers never get a pass.',
    need: 'required',
  },
  {
    name: 'IdentityRiskyUser.Read.All',
    appRoleId: 'dc5007c0-2d7d-4c42-879c-2dab87571379',
    why: "Read ID Protection's assessment of the caller (needs Entra ID P2).",
    need: 'optional',
  },
  {
    name: 'User.RevokeSessions.All',
    appRoleId: '77f3a031-c388-4f99-b373-dc68676a979e',
    why: 'End the sessions of a caller who says "This was not me".',
    need: 'optional',
  },
  {
    name: 'LicenseAssignment.Read.All',
    appRoleId: 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
    why: "Read the caller's plans, to say whether they include the self-service reset.",
    need: 'optional',
  },
  {
    name: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
    appRoleId: '908de74d-f8b2-4d6b-a9ed-2a17b3b78179',
    why: 'Install this bot, and no other app, for callers, managers, approvers and leads it has to write to in Teams.',
    need: 'optional',
  },
];

/** Permissions the bot must never hold, each with the reason. With any of them it does not start. */
export const NEVER: readonly { readonly name: string; readonly because: string }[] = [
  { name: 'User-PasswordProfile.ReadWrite.All', because: 'sets passwords' },
  { name: 'User.ReadWrite.All', because: 'sets passwords together with a directory role' },
  { name: 'Directory.ReadWrite.All', because: 'sets passwords together with a directory role' },
  { name: 'Directory.AccessAsUser.All', because: 'acts with all rights of whoever signs in' },
  { name: 'UserAuthMethod-Password.ReadWrite.All', because: 'is made for changing passwords' },
  { name: 'UserAuthenticationMethod.ReadWrite.All', because: 'changes every sign-in method, not only passes' },
  { name: 'UserAuthMethod-Phone.ReadWrite.All', because: 'could register a number, and then call it' },
  { name: 'UserAuthMethod-Email.ReadWrite.All', because: 'could register an address that receives reset codes' },
  { name: 'Policy.ReadWrite.AuthenticationMethod', because: 'could put anybody into the scope of passes' },
  { name: 'RoleManagement.ReadWrite.Directory', because: 'could give itself a directory role' },
  { name: 'RoleAssignmentSchedule.ReadWrite.Directory', because: 'could give itself a directory role' },
  { name: 'RoleEligibilitySchedule.ReadWrite.Directory', because: 'could make itself eligible for a directory role' },
  { name: 'AppRoleAssignment.ReadWrite.All', because: 'could grant itself any permission' },
  { name: 'Application.ReadWrite.All', because: 'could add credentials to an app that has more permissions' },
];

/** Directory roles the bot's service principal must not hold: each of them can set passwords. */
export const NEVER_ROLES: Readonly<Record<string, string>> = {
  '62e90394-69f5-4237-9190-012177145e10': 'Global Administrator',
  'e8611ab8-c189-46e8-94e1-60213ab1f814': 'Privileged Role Administrator',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': 'Privileged Authentication Administrator',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': 'Authentication Administrator',
  'fe930be7-5e62-47db-91af-98c3a49a38b1': 'User Administrator',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': 'Helpdesk Administrator',
  '966707d0-3269-4727-9be2-8c3a10f19b9d': 'Password Administrator',
};

/** The claims of our own app-only token that say what we may do. */
interface TokenClaims {
  /** Application permissions. */
  readonly roles: readonly string[];
  /** Directory roles of our service principal, as template ids. */
  readonly wids: readonly string[];
}

/** What a token's claims mean for us. */
interface GrantCheck {
  /** Must not be granted: the bot refuses to start. */
  readonly forbidden: readonly string[];
  /** Required, and not granted. */
  readonly missing: readonly string[];
  /** Granted, although the bot does not use it: should be removed. */
  readonly unneeded: readonly string[];
}

/** Compares what was granted with the lists. Names are compared without regard to case. */
export function checkGrantedRoles(claims: TokenClaims): GrantCheck {
  const granted = new Set(claims.roles.map((name) => name.toLowerCase()));
  const known = new Set([...PERMISSIONS, ...NEVER].map(({ name }) => name.toLowerCase()));
  return {
    forbidden: [
      ...NEVER.map(({ name }) => name).filter((name) => granted.has(name.toLowerCase())),
      ...claims.wids.flatMap((role) => NEVER_ROLES[role.toLowerCase()] ?? []),
    ],
    missing: PERMISSIONS.filter(({ need, name }) => need === 'required' && !granted.has(name.toLowerCase())).map(
      ({ name }) => name,
    ),
    unneeded: claims.roles.filter((name) => !known.has(name.toLowerCase())),
  };
}

const list = z.array(z.string()).default([]);
const claimsShape = z.looseObject({ roles: list, wids: list });

/**
 * Reads the claims of **our own** token, as Entra just issued it. Never use this for a token that somebody sent: the
 * signature is not checked. Throws Fault `configuration` when the token cannot be read; a bot that does not know its own
 * permissions does not start.
 */
export function claimsOfOwnToken(token: string): TokenClaims {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { roles, wids } = claimsShape.parse(JSON.parse(payload));
    return { roles, wids };
  } catch (cause) {
    throw new Fault('configuration', {
      internal: `cannot tell which permissions the bot has: own token unreadable: ${cause instanceof Error ? cause.name : 'unknown'}`, // never the token itself
    });
  }
}

/**
 * Asks Entra for our token and checks what it allows. Throws Fault `directory-denied` when Entra gives none.
 * `scope` is the Graph host's `/.default`.
 */
export async function checkOwnGrants(credential: TokenCredential, scope: string): Promise<GrantCheck> {
  const token = await credential.getToken(scope).catch((cause: unknown) => {
    throw new Fault('directory-denied', {
      internal: `the bot could not sign in to Microsoft Entra: no app-only token: ${cause instanceof Error ? cause.name : 'unknown'}`,
    });
  });
  if (token === null) {
    throw new Fault('directory-denied', {
      internal: 'the bot could not sign in to Microsoft Entra: no app-only token given',
    });
  }
  return checkGrantedRoles(claimsOfOwnToken(token.token));
}

/**
 * The text of docs/permissions.md, generated from the lists in permissions.ts. A test fails when the page and the code
 * differ.
 */
import { GRAPH_APP_ID, NEVER, NEVER_ROLES, PERMISSIONS } from './permissions.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The whole page. */
export function permissionsPage(): string {
  const needed = PERMISSIONS.map(({ name, appRoleId, need, why }) => [`\`${name}\``, `\`${appRoleId}\``, need, why]);
  const never = NEVER.map(({ name, because }) => [`\`${name}\``, because]);
  const roles = Object.entries(NEVER_ROLES).map(([templateId, name]) => [name, `\`${templateId}\``]);
  return `# Permissions

<!-- Written by scripts/write-permissions.ts from src/graph/permissions.ts. Do not edit by hand. -->

Application permissions of Microsoft Graph (\`${GRAPH_APP_ID}\`, \`type: Role\`). An administrator consents to them once.
The bot uses no delegated permission, and technicians need no directory role.

## What the bot asks for

${table(['permission', 'app role id', 'need', 'why'], needed)}

Without \`IdentityRiskyUser.Read.All\` the bot cannot read a caller's risk, and an unread risk stops a pass if the policy
says so. Without \`User.RevokeSessions.All\` somebody else has to end a caller's sessions. Without
\`LicenseAssignment.Read.All\` the card does not say whether a caller's plan includes the reset. Without
\`TeamsAppInstallation.ReadWriteSelfForUser.All\` only people who already have the bot are reached in Teams: callers are not
told of a recovery in their name, and approvers and leads who never used the bot get no request and no alarm. The card then
says how many were reached, and whom to call. Two more things are needed for the permission to work: the bot's id in the app
catalog in the configuration (\`HARDLINE_TEAMS_CATALOG_ID\`), and the client id of this app registration in the Teams app
package (\`GRAPH_CLIENT_ID\` of \`npm run pack-app\`). Microsoft refuses the installation when the package names no app, or
another one.

## What the bot must never hold

The bot refuses to start with any of these.

${table(['permission', 'because it'], never)}

Nor may its service principal hold one of these directory roles:

${table(['role', 'template id'], roles)}

## What this does not protect against

\`UserAuthMethod-TAP.ReadWrite.All\` is a powerful permission: whoever has the bot's credential can create a pass for
anybody, including administrators and break-glass accounts. Entra does not stop an application from doing so. Therefore:

- keep the credential in a vault or use a managed identity, and watch its sign-ins;
- put administrators and break-glass accounts into the excluded groups of the tenant's Temporary Access Pass policy,
  so that a pass created for them is useless;
- keep the bot's own checks in place: it stops for every caller with a directory role, and whenever a required fact
  cannot be read.

The bot does not see eligibility through PIM for Groups (somebody who can *activate* membership of a role-assignable
group): that would need a further permission, which it does not ask for. Use the excluded groups of the policy there.
`;
}

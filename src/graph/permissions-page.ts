/**
 * The text of docs/permissions.md, generated from the lists in permissions.ts and other-permissions.ts. A test fails when
 * the page and the code differ.
 */
import { HARMLESS_READS, NEVER, NEVER_ROLES } from './other-permissions.ts';
import { GRAPH_APP_ID, PERMISSIONS } from './permissions.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The whole page. */
export function permissionsPage(): string {
  const needed = PERMISSIONS.map(({ name, appRoleId, need, why }) => [`\`${name}\``, `\`${appRoleId}\``, need, why]);
  const without = PERMISSIONS.filter(({ need }) => need === 'optional').map((one) => [`\`${one.name}\``, one.without]);
  const harmless = HARMLESS_READS.map((name) => `- \`${name}\``).join('\n');
  const never = NEVER.map(({ name, because }) => [`\`${name}\``, because]);
  const roles = Object.entries(NEVER_ROLES).map(([templateId, name]) => [name, `\`${templateId}\``]);
  return `# Permissions

<!-- Written by scripts/write-permissions.ts from src/graph/permissions.ts and other-permissions.ts. Do not edit by hand. -->

Application permissions of Microsoft Graph (\`${GRAPH_APP_ID}\`, \`type: Role\`). An administrator consents to them once.
The bot uses no delegated permission, and technicians need no directory role.

## What the bot asks for

${table(['permission', 'app role id', 'need', 'why'], needed)}

The bot does not start without a required permission: it would look ready and refuse everybody. It starts without an
optional one, and its log says at every start what that means:

${table(['without', 'what happens'], without)}

Installing itself for people needs two more things: the bot's id in the app catalog in the configuration
(\`HARDLINE_TEAMS_CATALOG_ID\`), and the client id of this app registration in the Teams app package (\`GRAPH_CLIENT_ID\` of
\`npm run pack-app\`). Microsoft refuses the installation when the package names no app, or another one.

## What the bot must never hold

**Anything else.** At the start, the bot reads the permissions and the directory roles in its own token, and the roles that
are assigned to its service principal. Whatever is not in the table above stops the start, with one line that names it and exit
code 78. That includes permissions that Microsoft adds later. The only exceptions are these reads, which do no harm and may
stay: they show the settings, the structure and the reports of the directory, but nothing that people write or receive, no keys
and no secrets. The log names those that nobody needs.

${harmless}

Of these, the line also says why they are dangerous:

${table(['permission', 'because it'], never)}

Its service principal may hold no directory role at all. These would be the worst:

${table(['role', 'template id'], roles)}

## What this does not protect against

\`UserAuthMethod-TAP.ReadWrite.All\` is a powerful permission: whoever has the bot's credential can create a pass for
anybody, including administrators and break-glass accounts. Entra does not stop an application from doing so. Therefore:

- keep the credential in a vault or use a managed identity, and watch its sign-ins;
- put administrators and break-glass accounts into the excluded groups of the tenant's Temporary Access Pass policy,
  so that a pass created for them is useless;
- keep the bot's own checks in place: it stops for every caller with a directory role, and whenever a required fact
  cannot be read.

## Groups that nobody sees in a list

Whoever could make themselves a member or an owner of a role-assignable or a protected group by PIM for Groups counts as one who is
in it. Microsoft does not allow groups as members of role-assignable groups. One group can be eligible for another, though, and
then each of its members can go there alone: the bot follows such groups back, step by step, every ten minutes. A protected group
may contain groups: for each group that the caller could get into, the bot asks what that group is in.

Of a group with hidden membership Graph shows nobody to an app without \`Member.Read.Hidden\`, and does not say so. Without the
permission, the bot does not start when the configuration names such a group. When it is taken away later, or the tenant's pass
policy names such a group, the membership counts as not read, and no pass is issued.
`;
}

/**
 * What the bot was granted in the tenant, as lines for whoever starts it. With a right that it must not have, or without one
 * that it needs, it does not start.
 */
import type { Log } from '../casework/ports/log.ts';
import { checkGrantedRoles, type ForbiddenGrant } from '../graph/grants.ts';

/** What a token says that was granted. */
type Granted = Parameters<typeof checkGrantedRoles>[0];

/** What is wrong with the grants, a line each. Empty when the bot may start; then the log has what it lacks or does not need. */
export function grantProblems(granted: Granted, log: Log): readonly string[] {
  const { forbidden, missing, without, unneeded } = checkGrantedRoles(granted);
  const problems = [
    ...forbidden.map(forbiddenLine),
    ...missing.map(
      (one) => `The app registration for Graph lacks the permission ${one.name}. Grant it. ${one.without}`,
    ),
  ];
  if (problems.length > 0) return problems;
  for (const one of without) {
    log.warn({ permission: one.name }, `an optional permission was not granted. ${one.without}`);
  }
  for (const permission of unneeded) {
    log.warn({ permission }, 'a permission was granted that the bot does not use; it does no harm and can be removed');
  }
  return [];
}

/** The line for a directory role of the bot. `role` is its name, or says which id it has. */
export function roleLine(role: string): string {
  return `The service principal of the app for Graph holds the directory role ${role}. Remove the assignment: the bot needs no role.`;
}

function forbiddenLine(grant: ForbiddenGrant): string {
  if (grant.kind === 'role') return roleLine(grant.name);
  return `The app registration for Graph has the permission ${grant.name}, which ${grant.because}. Remove it: the bot must never have it.`;
}

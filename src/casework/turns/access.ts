/**
 * Who may do what: technician, approver, auditor, lead, or nobody, by membership in Entra groups.
 * The one rule kept here: a role is read from the directory, never from what a client sends, and read afresh before a pass.
 */
import type { GroupId, Instant, PersonId } from '../../procedure/facts.ts';
import type { Directory } from '../ports/directory.ts';

/** The roles the product knows. Somebody can hold several, and still never counts twice in one case. */
export type Role = 'technician' | 'approver' | 'auditor' | 'lead';

/** Which group stands for which role. Lead and approver may be the same group. */
export type RoleGroups = Readonly<Record<Role, GroupId>>;

/** Tells the roles of a person. `fresh` skips what is remembered. Throws Fault when the directory cannot be read. */
export type RolesOf = (person: PersonId, ask?: { readonly fresh: boolean }) => Promise<ReadonlySet<Role>>;

/** Role changes are seen after at most this long; before a pass, at once. */
const REMEMBER_MS = 60_000;
const REMEMBER_PEOPLE = 500;

/** Builds the look-up with a small memory, so that a chat message costs no directory read each time. */
export function createRolesOf(directory: Pick<Directory, 'memberOf'>, groups: RoleGroups, now: () => Instant): RolesOf {
  const remembered = new Map<PersonId, { readonly roles: ReadonlySet<Role>; readonly at: Instant }>();
  return async (person, ask) => {
    const known = remembered.get(person);
    if (known !== undefined && ask?.fresh !== true && now() - known.at < REMEMBER_MS) return known.roles;
    const names = Object.keys(groups) as Role[];
    const memberships = await directory.memberOf(person, [...new Set(Object.values(groups))]);
    const roles = new Set(names.filter((role) => memberships.has(groups[role])));
    if (remembered.size >= REMEMBER_PEOPLE) remembered.clear();
    remembered.set(person, { roles, at: now() });
    return roles;
  };
}

/** Which roles a verb or an intent needs; holding one of them is enough. Empty: the case itself decides who may. */
export const NEEDS: Readonly<Record<string, readonly Role[]>> = {
  'manual-reset': ['technician', 'approver', 'lead'],
  'open-case': ['technician'],
  'send-link': ['technician'],
  'explain-error': ['technician'],
  'set-mode': ['lead'],
  'show-mode': ['technician', 'approver', 'auditor', 'lead'],
  'list-cases': ['technician'],
  'show-case': ['technician', 'approver', 'auditor', 'lead'],
  'show-log': ['technician', 'approver', 'auditor', 'lead'],
  help: ['technician', 'approver', 'auditor', 'lead'],
  greeting: ['technician', 'approver', 'auditor', 'lead'],
  unknown: ['technician', 'approver', 'auditor', 'lead'],
  'decide-approval': ['approver'],
  'manager-answer': [],
  'not-me': [],
};

/** Whether these roles suffice for a verb or intent; anything not listed is technicians' work. */
export function mayDo(roles: ReadonlySet<Role>, what: string): boolean {
  const needed = NEEDS[what] ?? ['technician'];
  return needed.length === 0 || needed.some((role) => roles.has(role));
}

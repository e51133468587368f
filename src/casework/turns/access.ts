/**
 * Who may do what. Technicians, approvers, auditors and leads are the members of configured Entra groups.
 * Roles are read from the directory, together with whether the account is enabled, and never taken from what a client sends.
 * Before anything that brings a case nearer to a pass they are read again: somebody who was disabled a minute ago has no role.
 */
import type { Intent } from '../../intents/intent.ts';
import { isVerb, rowOf, type ActionActor, type Role, type Verb } from '../../procedure/actions.ts';
import type { GroupId, Instant, PersonId } from '../../procedure/facts.ts';
import type { AccessDenial } from '../ports/card-views.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { Directory } from '../ports/directory.ts';
import type { Deadline } from '../ports/runtime.ts';

/** The Entra group of each role. Leads and approvers may be the same group. */
export type RoleGroups = Readonly<Record<Role, GroupId>>;

/** How roles are asked for. */
interface AskForRoles {
  /** Ignores cached roles. */
  readonly fresh?: boolean;
  readonly deadline?: Deadline | undefined;
}

/**
 * The roles of a person; `ACCOUNT_DISABLED` for an account that is disabled or gone. Throws Fault when the directory cannot be
 * read, or not before the deadline.
 */
export type RolesOf = (person: PersonId, ask?: AskForRoles) => Promise<ReadonlySet<Role>>;

/** No roles, because the account is disabled or gone. A set of its own, so that the refusal can say why. */
export const ACCOUNT_DISABLED: ReadonlySet<Role> = new Set();

/** How long roles are cached, so how late a change can be noticed by buttons that bring no case nearer to a pass. */
const REMEMBER_MS = 60_000;
const REMEMBER_PEOPLE = 500;

/** Builds the look-up of roles, with a small cache, so that not every message costs a read from the directory. */
export function createRolesOf(directory: Pick<Directory, 'standing'>, groups: RoleGroups, now: () => Instant): RolesOf {
  const remembered = new Map<PersonId, { readonly roles: ReadonlySet<Role>; readonly at: Instant }>();
  return async (person, ask) => {
    const known = remembered.get(person);
    if (known !== undefined && ask?.fresh !== true && now() - known.at < REMEMBER_MS) return known.roles;
    const names = Object.keys(groups) as Role[];
    const standing = await directory.standing(person, [...new Set(Object.values(groups))], ask?.deadline);
    const held = new Set(names.filter((role) => standing.groups.has(groups[role])));
    const roles = standing.enabled ? held : ACCOUNT_DISABLED;
    if (remembered.size >= REMEMBER_PEOPLE) remembered.clear();
    remembered.set(person, { roles, at: now() });
    return roles;
  };
}

const HELPDESK: readonly Role[] = ['technician', 'approver', 'auditor', 'lead'];

/**
 * The buttons for which cached roles are not good enough. Roles are read once, at the beginning of the turn, so that no time is
 * spent on them twice.
 */
export function needsFreshRoles(verb: string): boolean {
  return isVerb(verb) && rowOf(verb).roles === 'fresh';
}

/** The buttons that nobody needs a role for. They work while the directory does not: an objection must not wait for it. */
export function needsNoRoles(verb: string): boolean {
  const actor = actorOf(verb);
  return actor !== null && ACCESS_BY_ACTOR[actor].roles === null;
}

/** `null` for what is no button of ours: it is refused later. */
function actorOf(verb: string): ActionActor | null {
  return isVerb(verb) ? rowOf(verb).actor : null;
}

/** Who may do something, and the denial that everybody else gets. */
interface Access {
  /** One of these roles is enough. `null`: no role is needed, because the procedure checks who it is. */
  readonly roles: readonly Role[] | null;
  readonly denial: AccessDenial;
}

/** Access to buttons, by actor. The procedure then checks what the person has to do with the case. */
const ACCESS_BY_ACTOR: Readonly<Record<ActionActor, Access>> = {
  'any-technician': { roles: ['technician'], denial: 'not-a-technician' },
  'case-technician': { roles: ['technician'], denial: 'not-a-technician' },
  helpdesk: { roles: HELPDESK, denial: 'not-a-technician' },
  // Which of the two is needed is the procedure's question, and it says so itself.
  approver: { roles: ['approver', 'lead'], denial: 'not-an-approver' },
  manager: { roles: null, denial: 'no-such-case' },
  'account-owner': { roles: null, denial: 'no-such-case' },
};

/** Access to typed commands, by intent. An intent without a row does not compile. */
const ACCESS_BY_INTENT: Readonly<Record<Intent['kind'], Access>> = {
  'manual-reset': { roles: ['technician', 'approver', 'lead'], denial: 'not-a-technician' },
  'open-case': { roles: ['technician'], denial: 'not-a-technician' },
  'send-link': { roles: ['technician'], denial: 'not-a-technician' },
  'explain-error': { roles: ['technician'], denial: 'not-a-technician' },
  'list-cases': { roles: ['technician'], denial: 'not-a-technician' },
  'set-mode': { roles: ['lead'], denial: 'not-a-lead' },
  'show-mode': { roles: HELPDESK, denial: 'not-a-technician' },
  'show-case': { roles: HELPDESK, denial: 'not-a-technician' },
  'show-log': { roles: HELPDESK, denial: 'not-an-auditor' },
  help: { roles: HELPDESK, denial: 'not-a-technician' },
  greeting: { roles: HELPDESK, denial: 'not-a-technician' },
  unknown: { roles: HELPDESK, denial: 'not-a-technician' },
};

/** Why these roles are not enough to press a button; `null` when they are. */
export function denialOfAction(roles: ReadonlySet<Role>, verb: Verb): AccessDenial | null {
  return denialOf(roles, ACCESS_BY_ACTOR[rowOf(verb).actor]);
}

/** Why these roles are not enough for what somebody wrote; `null` when they are. */
export function denialOfIntent(roles: ReadonlySet<Role>, intent: Intent['kind']): AccessDenial | null {
  return denialOf(roles, ACCESS_BY_INTENT[intent]);
}

function denialOf(roles: ReadonlySet<Role>, access: Access): AccessDenial | null {
  if (access.roles === null || access.roles.some((role) => roles.has(role))) return null;
  return roles === ACCOUNT_DISABLED ? 'account-disabled' : access.denial;
}

/** Whether a person may see a case: its technician, approvers, auditors and leads may. For others there is no such case. */
export function maySee(person: PersonId, roles: ReadonlySet<Role>, stored: StoredCase): boolean {
  return stored.case.technician === person || mayOversee(roles);
}

/** Whether these roles may see the work of others: those of approvers, auditors and leads. */
export function mayOversee(roles: ReadonlySet<Role>): boolean {
  return roles.has('approver') || roles.has('auditor') || roles.has('lead');
}

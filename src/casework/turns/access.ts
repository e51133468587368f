/**
 * Who may do what: technician, approver, auditor, lead, or nobody, by membership in Entra groups.
 * The one rule kept here: a role is read from the directory, never from what a client sends, and read afresh before a pass.
 */
import type { Intent } from '../../intents/intent.ts';
import { rowOf, type ActionActor, type Role, type Verb } from '../../procedure/actions.ts';
import type { GroupId, Instant, PersonId } from '../../procedure/facts.ts';
import type { AccessDenial } from '../ports/card-views.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { Directory } from '../ports/directory.ts';

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

const HELPDESK: readonly Role[] = ['technician', 'approver', 'auditor', 'lead'];

/** Who may do something, and what everybody else reads. */
interface Access {
  /** Holding one of them is enough; `null`: the case itself decides who may. */
  readonly roles: readonly Role[] | null;
  readonly denial: AccessDenial;
}

/** By the actor of a button. The case then looks at who they are to it. */
const OF_ACTORS: Readonly<Record<ActionActor, Access>> = {
  'any-technician': { roles: ['technician'], denial: 'not-a-technician' },
  'case-technician': { roles: ['technician'], denial: 'not-a-technician' },
  helpdesk: { roles: HELPDESK, denial: 'not-a-technician' },
  approver: { roles: ['approver'], denial: 'not-an-approver' },
  manager: { roles: null, denial: 'no-such-case' },
  'account-owner': { roles: null, denial: 'no-such-case' },
};

/** By what was written. A typed command without a row does not compile. */
const OF_INTENTS: Readonly<Record<Intent['kind'], Access>> = {
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

/** Why these roles do not suffice to press a button; `null` when they do. */
export function denialOfAction(roles: ReadonlySet<Role>, verb: Verb): AccessDenial | null {
  return denialOf(roles, OF_ACTORS[rowOf(verb).actor]);
}

/** Why these roles do not suffice for what was written; `null` when they do. */
export function denialOfIntent(roles: ReadonlySet<Role>, intent: Intent['kind']): AccessDenial | null {
  return denialOf(roles, OF_INTENTS[intent]);
}

function denialOf(roles: ReadonlySet<Role>, access: Access): AccessDenial | null {
  return access.roles === null || access.roles.some((role) => roles.has(role)) ? null : access.denial;
}

/** A technician sees their own cases; an approver, auditor or lead sees any. Others are told it does not exist. */
export function maySee(person: PersonId, roles: ReadonlySet<Role>, stored: StoredCase): boolean {
  return stored.case.technician === person || mayOversee(roles);
}

/** Approvers, auditors and leads look at work that is not theirs. */
export function mayOversee(roles: ReadonlySet<Role>): boolean {
  return roles.has('approver') || roles.has('auditor') || roles.has('lead');
}

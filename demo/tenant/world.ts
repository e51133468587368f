/**
 * The current state of the emulated tenant. The value of a pass is kept in `PassRecord.value` and read in two places
 * only: the answer to its creation, and the check at Microsoft's sign-in page.
 */
import type { RoleDefinition } from './directory-roles.ts';
import type { MethodSeed } from './method-seed.ts';
import type { Seed } from './seed-schema.ts';

/** A JSON object as Graph sends it. */
export type Json = Record<string, unknown>;

/** What the emulator needs from outside: clock, ids and randomness. */
export interface Runtime {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new GUID in lower case. */
  readonly newId: () => string;
  /** A new pass value with the given number of characters. */
  readonly newPass: (length: number) => string;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Called after the bot was installed for a person. At this point Teams would send the bot a `conversationUpdate`. */
  readonly onInstall: (person: string) => void;
}

/** A registered method. A deleted one is kept, because the registration report may still show it. */
export interface MethodRecord {
  readonly id: string;
  readonly seed: MethodSeed;
  /** Milliseconds; null when Graph does not say. */
  readonly createdAt: number | null;
  /** From when lists show it. */
  readonly visibleAt: number;
  deletedAt: number | null;
}

/** A Temporary Access Pass. */
export interface PassRecord {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly lifetimeMinutes: number;
  readonly oneTime: boolean;
  readonly visibleAt: number;
  usedAt: number | null;
}

/** A browser session started with a pass; methods may be registered until `registerUntil`. */
interface Session {
  readonly startedAt: number;
  readonly registerUntil: number;
}

/** How far a self-service reset has come, and the id that its audit entries share. */
export interface ResetFlow {
  readonly correlationId: string;
  readonly reached: 'id-entered' | 'verifying';
}

/** A person with everything that belongs to them. `user` is the Graph resource with all properties. */
export interface PersonRecord {
  readonly id: string;
  readonly user: Json;
  /** As the account was when the tenant started: what `users/delta` counts changes from. */
  readonly atStart: { readonly properties: Json; readonly manager: string | null };
  managerId: string | null;
  licenses: readonly string[];
  methods: MethodRecord[];
  securityQuestions: boolean;
  ssprEnabled: boolean;
  /** False: the registration report does not have this person, as happens with new accounts. */
  inRegistrationReport: boolean;
  risk: Json | null;
  pass: PassRecord | null;
  /** A deleted pass that lists still show: it does not sign in any more. */
  passStillListed: { readonly pass: PassRecord; readonly until: number } | null;
  session: Session | null;
  /** A self-service reset that was started and not finished. */
  resetFlow: ResetFlow | null;
  /** Apps in the personal scope: id in the catalog → id of the installation. */
  readonly apps: Map<string, string>;
}

/** A group and its members. */
export interface GroupRecord {
  readonly id: string;
  readonly displayName: string;
  readonly isAssignableToRole: boolean;
  readonly visibility: Seed['groups'][number]['visibility'];
  readonly securityEnabled: boolean;
  readonly microsoft365: boolean;
  readonly membershipRule: string | null;
  readonly members: Set<string>;
  readonly owners: Set<string>;
}

/** A directory role that a person or a group holds or can activate. */
export interface HeldRole {
  readonly principal: string;
  readonly role: RoleDefinition;
  readonly how: Seed['roles'][number]['how'];
  readonly scope: string;
}

/** A log entry: the Graph resource, and from when lists show it. */
export interface LogEntry {
  readonly at: number;
  visibleAt: number;
  readonly entry: Json;
}

/** A deleted person; administrators can restore one for some time, unless they were deleted for good. */
interface DeletedPerson {
  readonly person: PersonRecord;
  readonly how: 'restorable' | 'for-good';
}

/** One change to a person. `visibleAt` never falls from one change to the next, because the copy applies them in order. */
export interface DirectoryChange {
  readonly kind: 'updated' | 'deleted' | 'deleted-for-good' | 'restored';
  readonly person: string;
  /** Changed properties with their new values. */
  readonly properties: Json;
  /** The new manager; null: none; absent: as before. */
  readonly manager?: string | null;
  visibleAt: number;
}

/** What `users/delta` does at the start of its next round. A replay tells the last so many changes again. */
export type DeltaRepeat = { readonly kind: 'replay'; readonly changes: number } | { readonly kind: 'duplicates' };

/** The changes of the directory and the state of its delta tokens. */
interface DirectoryLog {
  /** Written into every token; a reset makes another one. */
  readonly id: string;
  readonly changes: DirectoryChange[];
  readonly repeats: DeltaRepeat[];
  tokensIssued: number;
  /** Tokens up to this number are refused. */
  tokensRefused: { readonly upTo: number; readonly how: 'gone' | 'sync-state-not-found' };
}

/** How fast the tenant tells what happened: see timing.ts. */
export type Timing = 'quick' | 'as-microsoft';

/** The whole tenant. */
export interface World extends Runtime {
  readonly tenantId: string;
  readonly displayName: string;
  readonly domain: string;
  readonly permissions: Set<string>;
  readonly settings: Seed['settings'];
  /** The settings of the seed: what the timing `quick` goes back to. */
  readonly seedSettings: Seed['settings'];
  timing: Timing;
  /** How late audit events come, from 0 up to 1. */
  auditRandom: () => number;
  readonly sspr: Seed['sspr'];
  readonly passPolicy: Seed['passPolicy'];
  readonly skus: Seed['skus'];
  readonly teamsApps: Seed['teamsApps'];
  readonly people: Map<string, PersonRecord>;
  readonly deleted: Map<string, DeletedPerson>;
  readonly directory: DirectoryLog;
  readonly groups: Map<string, GroupRecord>;
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly roles: HeldRole[];
  readonly groupAccess: Seed['groupAccess'];
  /** Directory roles of the bot's own service principal, by id; its token names them. */
  readonly botRoles: readonly string[];
  /** Permissions that were granted and that no route here needs; the token names them. */
  readonly otherPermissions: readonly string[];
  readonly signIns: LogEntry[];
  readonly audits: LogEntry[];
  readonly detections: LogEntry[];
  readonly startedAt: number;
}

/** The person with this object id or user principal name, whatever its case. */
export function findPerson(world: World, idOrName: string): PersonRecord | undefined {
  const key = idOrName.toLowerCase();
  const byId = world.people.get(key);
  if (byId !== undefined) return byId;
  for (const person of world.people.values()) {
    if (String(person.user['userPrincipalName']).toLowerCase() === key) return person;
  }
  return undefined;
}

/** Whether the app sees who is in this group. Hidden memberships need a permission of their own. */
export function showsMembers(world: World, group: GroupRecord): boolean {
  return group.visibility !== 'HiddenMembership' || world.permissions.has('Member.Read.Hidden');
}

/** Ids of all groups a person or group is in, nested groups included. */
export function groupsOf(world: World, memberId: string): Set<string> {
  const found = new Set<string>();
  const look = (id: string): void => {
    for (const group of world.groups.values()) {
      if (found.has(group.id) || !group.members.has(id)) continue;
      found.add(group.id);
      look(group.id);
    }
  };
  look(memberId);
  return found;
}

/** The groups the app may know a person to be in. A group of groups counts even if it is reached through a hidden one. */
export function visibleGroupsOf(world: World, memberId: string): readonly string[] {
  return [...groupsOf(world, memberId)].filter((id) => {
    const group = world.groups.get(id);
    return group !== undefined && showsMembers(world, group);
  });
}

/** Whether the tenant pays for a service plan, for instance `AAD_PREMIUM`. P2 contains P1. */
export function hasPlan(world: World, plan: 'AAD_PREMIUM' | 'AAD_PREMIUM_P2'): boolean {
  return world.skus.some(({ servicePlans }) => servicePlans.includes(plan) || servicePlans.includes('AAD_PREMIUM_P2'));
}

/** A new registered method. `visibleAt` may be in the future. */
export function methodRecord(
  seed: MethodSeed,
  createdAt: number | null,
  visibleAt: number,
  newId: () => string,
): MethodRecord {
  return { id: fixedMethodId(seed) ?? newId(), seed, createdAt, visibleAt, deletedAt: null };
}

/** Phones and the reset address have fixed ids, the same for everybody. */
function fixedMethodId(seed: MethodSeed): string | null {
  switch (seed.kind) {
    case 'mobile':
      return '3179e48a-750b-4051-897c-87b9720928f7';
    case 'alternateMobile':
      return 'b6332ec1-7057-4abe-9331-3d72feddfe41';
    case 'office':
      return 'e37fc753-ff3b-4958-9484-eaa9425c82bc';
    case 'email':
      return '3ddfcfc8-9383-446f-83cc-3ab9be4be18f';
    default:
      return null;
  }
}

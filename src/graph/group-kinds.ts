/**
 * What kind of group a group is: whether it exists, who could get into it, and whether Graph shows who is in it. Of a group
 * with hidden membership, Graph shows nobody to an app without the permission for it, and does not say that it left somebody
 * out (checkMemberGroups answers with "the groups the caller may evaluate"). So the kind has to be known before an empty answer
 * means "not a member".
 */
import { z } from 'zod';
import type { Reading, UnreadReason } from '../procedure/facts.ts';
import { isNotFound, mapReading, read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { askAll } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { REFRESH_MS, RELIED_ON_MS, TRY_AGAIN_MS } from './kept-look.ts';
import { path, segment } from './odata.ts';
import type { OwnPermissions } from './own-permissions.ts';
import { id } from './shapes.ts';

/** A group, without its name. */
export interface GroupKind {
  /** Who is in it is shown only with `Member.Read.Hidden`. Can be set only when a group is created, and never changes. */
  readonly hidden: boolean;
  readonly security: boolean;
  /** May hold directory roles. Can be set only when a group is created. */
  readonly roleAssignable: boolean;
  /** A Microsoft 365 group that everybody in the organization can join by themselves. */
  readonly open: boolean;
  /** The rule of a dynamic group; `null` for one with members that somebody chose. */
  readonly rule: string | null;
}

/** A group that was looked for. */
export type GroupLook = Reading<GroupKind> | { readonly kind: 'no-such-group' };

// A group always has a name. If it is missing, the bot was not allowed to see the group's properties.
const groupShape = z.looseObject({
  id,
  displayName: z.string().nullable(),
  securityEnabled: z.boolean().nullable(),
  groupTypes: z.array(z.string()).nullish(),
  visibility: z.string().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  membershipRule: z.string().nullish(),
});

const PROPERTIES = 'id,displayName,securityEnabled,groupTypes,visibility,isAssignableToRole,membershipRule';

/** The read of one group, for a batch. */
export function groupPart(group: string): Part {
  return { path: path(`/groups/${segment(group)}`, { $select: PROPERTIES }) };
}

/** The group in the answer to `groupPart`. */
export function groupLookOf(answer: Answer): GroupLook {
  if (isNotFound(answer)) return { kind: 'no-such-group' };
  const found = readingOf(answer, groupShape);
  if (found.kind === 'read' && found.value.displayName === null) return unread('denied');
  return mapReading(found, (group) => {
    const types = group.groupTypes ?? [];
    return {
      hidden: group.visibility === 'HiddenMembership',
      security: group.securityEnabled === true,
      roleAssignable: group.isAssignableToRole === true,
      open: types.includes('Unified') && group.visibility === 'Public',
      rule: types.includes('DynamicMembership') ? (group.membershipRule ?? '') : null,
    };
  });
}

/** The permission that shows hidden memberships, in lower case. */
export const SEES_HIDDEN = 'member.read.hidden';

/**
 * What is known of groups whose members are asked for. A group can be deleted while the bot runs, and then it holds nobody, without a
 * word. So each group is looked at again when its look is ten minutes old, and a look is relied on for twenty.
 */
export interface KnownGroups {
  /** The reads of those groups that are not known yet, or whose look is ten minutes old, for a batch. */
  parts(groups: readonly string[], now: number): Readonly<Record<string, Part>>;
  /** Takes in the answers to these reads. */
  learn(answers: ReadonlyMap<string, Answer>, now: number): void;
  /**
   * Whether an answer about these groups is complete: read, or why not. A group of the configuration must exist. Any other one
   * that does not has no members.
   */
  shownIn(groups: readonly string[], configured: readonly string[], now: number): Promise<Reading<true>>;
  /** Looks again at the groups that were looked at ten minutes ago; once a minute at those that could not be read. */
  refresh(client: GraphClient, now: number): Promise<void>;
}

const named = (group: string): string => `kind ${group}`;

/** A look that brought an answer, and when. */
interface KnownLook {
  readonly look: Exclude<GroupLook, { kind: 'unread' }>;
  readonly at: number;
}

/** Knows nothing at first. `permissions` is asked only about groups that hide their members. */
export function knownGroups(permissions: OwnPermissions): KnownGroups {
  const known = new Map<string, KnownLook>();
  /** Why the last look at a group brought nothing. */
  const failed = new Map<string, UnreadReason>();
  let triedAt = -Infinity;
  const isYounger = (group: string, age: number, now: number): boolean => {
    const at = known.get(group)?.at;
    return at !== undefined && Math.abs(now - at) < age;
  };
  const partsOf = (groups: readonly string[], now: number): Readonly<Record<string, Part>> =>
    Object.fromEntries(
      groups.filter((group) => !isYounger(group, REFRESH_MS, now)).map((group) => [named(group), groupPart(group)]),
    );
  const learn: KnownGroups['learn'] = (answers, now) => {
    for (const [name, answer] of answers) {
      if (!name.startsWith(named(''))) continue;
      const group = name.slice(named('').length);
      const look = groupLookOf(answer);
      if (look.kind === 'unread') failed.set(group, look.why);
      else known.set(group, { look, at: now });
    }
  };

  return {
    parts: partsOf,
    learn,
    async shownIn(groups, configured, now) {
      let hidden = false;
      for (const group of groups) {
        const look = isYounger(group, RELIED_ON_MS, now) ? known.get(group)?.look : undefined;
        if (look === undefined) return unread(failed.get(group) ?? 'not-asked');
        if (look.kind === 'no-such-group' && configured.includes(group)) return unread('missing');
        hidden ||= look.kind === 'read' && look.value.hidden;
      }
      if (!hidden) return read(true);
      const granted = await permissions();
      return granted?.has(SEES_HIDDEN) === true ? read(true) : unread('denied');
    },
    async refresh(client, now) {
      const parts = partsOf([...known.keys()], now);
      if (Object.keys(parts).length === 0 || Math.abs(now - triedAt) < TRY_AGAIN_MS) return;
      triedAt = now;
      learn(await askAll(client, 'read-group-kinds', parts, now), now);
    },
  };
}

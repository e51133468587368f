/**
 * What kind of group a group is: whether it exists, who could get into it, and whether Graph shows who is in it. Of a group
 * with hidden membership, Graph shows nobody to an app without the permission for it, and does not say that it left somebody
 * out (checkMemberGroups answers with "the groups the caller may evaluate"). So the kind has to be known before an empty answer
 * means "not a member".
 */
import { z } from 'zod';
import type { Reading } from '../procedure/facts.ts';
import { isNotFound, mapReading, read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { NOT_ASKED } from './batch.ts';
import type { Part } from './batch.ts';
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
 * What is known of groups whose members are asked for. Whether a group hides its members never changes, so each group is
 * looked at once.
 */
export interface KnownGroups {
  /** The reads of those groups that are not known yet, for a batch. */
  parts(groups: readonly string[]): Readonly<Record<string, Part>>;
  /** Takes in the answers to these reads. */
  learn(answers: ReadonlyMap<string, Answer>): void;
  /**
   * Whether an answer about these groups is complete: read, or why not. A group of the configuration must exist. Any other one
   * that does not has no members.
   */
  shownIn(groups: readonly string[], configured: readonly string[]): Promise<Reading<true>>;
}

const named = (group: string): string => `kind ${group}`;

/** Knows nothing at first. `permissions` is asked only about groups that hide their members. */
export function knownGroups(permissions: OwnPermissions): KnownGroups {
  const looks = new Map<string, GroupLook>();
  const isKnown = (group: string): boolean => (looks.get(group)?.kind ?? 'unread') !== 'unread';

  return {
    parts: (groups) =>
      Object.fromEntries(groups.filter((group) => !isKnown(group)).map((group) => [named(group), groupPart(group)])),
    learn(answers) {
      for (const [name, answer] of answers) {
        if (name.startsWith(named(''))) looks.set(name.slice(named('').length), groupLookOf(answer));
      }
    },
    async shownIn(groups, configured) {
      let hidden = false;
      for (const group of groups) {
        const look = looks.get(group) ?? groupLookOf(NOT_ASKED);
        if (look.kind === 'unread') return look;
        if (look.kind === 'no-such-group' && configured.includes(group)) return unread('missing');
        hidden ||= look.kind === 'read' && look.value.hidden;
      }
      if (!hidden) return read(true);
      const granted = await permissions();
      return granted?.has(SEES_HIDDEN) === true ? read(true) : unread('denied');
    },
  };
}

/**
 * What has to be known of the tenant before the bot works there: the configured groups, how many people are in those of the
 * helpdesk, how many there are at all, and which directory roles the bot itself holds. Read once, at the start.
 */
import { z } from 'zod';
import type { GroupId, Reading, UnreadReason } from '../procedure/facts.ts';
import { read, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { askAll, NOT_ASKED } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { groupLookOf, groupPart } from './group-kinds.ts';
import type { GroupLook } from './group-kinds.ts';
import { EVENTUAL, literal, path, segment } from './odata.ts';
import { id, wholeList } from './shapes.ts';

/** Which groups are looked at, and who the bot is. */
export interface StartQuestion {
  readonly groups: readonly GroupId[];
  /** Groups of which the people are counted. */
  readonly counted: readonly GroupId[];
  /** Object id of the bot's service principal. */
  readonly self: string;
}

/** The answers. A group that does not exist has no count. */
export interface StartFacts {
  readonly groups: ReadonlyMap<GroupId, Exclude<GroupLook, { kind: 'unread' }>>;
  readonly people: ReadonlyMap<GroupId, number>;
  /** Members of the organization whose account is enabled. */
  readonly enabledMembers: number;
  /** Names of the roles that are assigned to the bot's service principal, with whatever scope. */
  readonly ownRoles: readonly string[];
}

const count = z.looseObject({ '@odata.count': z.int().min(0) }).transform((list) => list['@odata.count']);
const assignments = wholeList(
  z.looseObject({
    roleDefinitionId: id,
    roleDefinition: z.looseObject({ displayName: z.string().nullish() }).nullish(),
  }),
);

const howMany = (resource: string, query: Readonly<Record<string, string>> = {}): Part => ({
  path: path(resource, { ...query, $select: 'id', $count: 'true', $top: 1 }),
  headers: EVENTUAL,
});

/** Reads everything, or says why something could not be read. Nothing is assumed about what is missing. */
export async function readStartFacts(
  client: GraphClient,
  asked: StartQuestion,
  now: number,
): Promise<Reading<StartFacts>> {
  const groups = [...new Set(asked.groups)];
  const counted = [...new Set(asked.counted)];
  const parts: Readonly<Record<string, Part>> = {
    everybody: howMany('/users', { $filter: "accountEnabled eq true and userType eq 'Member'" }),
    roles: {
      path: path('/roleManagement/directory/roleAssignments', {
        $filter: `principalId eq ${literal(segment(asked.self))}`,
        $expand: 'roleDefinition',
      }),
    },
    ...Object.fromEntries(groups.map((group) => [`group ${group}`, groupPart(group)])),
    ...Object.fromEntries(
      counted.map((group) => [
        `people ${group}`,
        howMany(`/groups/${segment(group)}/transitiveMembers/microsoft.graph.user`),
      ]),
    ),
  };
  return factsIn(await askAll(client, 'read-start-facts', parts, now), groups, counted);
}

function factsIn(
  answers: ReadonlyMap<string, Answer>,
  groups: readonly GroupId[],
  counted: readonly GroupId[],
): Reading<StartFacts> {
  const answer = (name: string): Answer => answers.get(name) ?? NOT_ASKED;
  const found = new Map<GroupId, Exclude<GroupLook, { kind: 'unread' }>>();
  const people = new Map<GroupId, number>();
  let why: UnreadReason | null = null;
  for (const group of groups) {
    const look = groupLookOf(answer(`group ${group}`));
    if (look.kind === 'unread') why ??= look.why;
    else found.set(group, look);
  }
  for (const group of counted) {
    if (found.get(group)?.kind !== 'read') continue;
    const number = readingOf(answer(`people ${group}`), count);
    if (number.kind === 'read') people.set(group, number.value);
    else why ??= number.why;
  }
  if (why !== null) return { kind: 'unread', why };
  const everybody = readingOf(answer('everybody'), count);
  if (everybody.kind !== 'read') return everybody;
  const roles = readingOf(answer('roles'), assignments);
  if (roles.kind !== 'read') return roles;
  return read({
    groups: found,
    people,
    enabledMembers: everybody.value,
    ownRoles: roles.value.map((one) => one.roleDefinition?.displayName ?? `with the id ${one.roleDefinitionId}`),
  });
}

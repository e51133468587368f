/**
 * The groups inside the groups of the helpdesk, however deep. Whoever owns one of them can add themselves, and is in the helpdesk's
 * group then. Asking each group that a caller owns where it leads would cost a request for each, so it is asked the other way
 * round, once for everybody (kept-look.ts): which groups are inside?
 */
import { z } from 'zod';
import { read, readingOf, unread } from './answer.ts';
import { askAll, NOT_ASKED } from './batch.ts';
import type { Part } from './batch.ts';
import { keptLook } from './kept-look.ts';
import type { KeptLook } from './kept-look.ts';
import { EVENTUAL, path, segment } from './odata.ts';
import { withAllPages } from './pages.ts';
import { guid, wholeList } from './shapes.ts';

/** For each group inside: those of the helpdesk's groups that it is in. */
export type GroupsInside = ReadonlyMap<string, ReadonlySet<string>>;

/** More groups than these are in no helpdesk. Then nobody knows all of them, and whoever owns a group gets no pass. */
const MOST_GROUPS = 1000;
const groupIds = wholeList(z.looseObject({ id: guid }));

const partFor = (group: string): Part => ({
  path: path(`/groups/${segment(group)}/transitiveMembers/microsoft.graph.group`, {
    $select: 'id',
    $count: 'true',
    $top: 999,
  }),
  headers: EVENTUAL,
});

/** Follows the groups inside `groups`. */
export function groupsInside(groups: readonly string[]): KeptLook<GroupsInside> {
  const outer = [...new Set(groups)];
  const parts = Object.fromEntries(outer.map((group) => [group, partFor(group)]));
  const call = 'read-groups-inside';
  return keptLook<GroupsInside>(async (client, now) => {
    const answers = await askAll(client, call, parts, now);
    const inside = new Map<string, Set<string>>();
    for (const group of outer) {
      const whole = await withAllPages(client, call, partFor(group), answers.get(group) ?? NOT_ASKED);
      const list = readingOf(whole, groupIds);
      if (list.kind !== 'read') return list;
      for (const { id } of list.value) inside.set(id, new Set([...(inside.get(id) ?? []), group]));
    }
    return inside.size > MOST_GROUPS ? unread('unknown-shape') : read(inside);
  });
}

/**
 * Keeps the members of the configured groups, as a list of the helpdesk's own accounts. What somebody may do is asked again at the
 * moment they do it, and whom to write to when something is sent. Neither is taken from here.
 */
import type { GroupId, PersonId, UnreadReason } from '../../procedure/facts.ts';
import { z } from 'zod';
import { readingOf } from '../answer.ts';
import { EVENTUAL, followable, path, segment } from '../odata.ts';
import { guid, page } from '../shapes.ts';
import { fail, keep, LOW_PRIORITY, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

const MAX_PAGES = 100;
const memberPage = page(z.looseObject({ id: guid }));

/** Reads the members of the groups. */
export function readMembers({ client, graphHost, index, now }: SourceParts, groups: readonly GroupId[]): FeedSource {
  type Members = { kind: 'read'; people: readonly PersonId[] } | { kind: 'unread'; why: UnreadReason };

  async function membersOf(group: GroupId): Promise<Members> {
    const resource = `/groups/${segment(group)}/transitiveMembers/microsoft.graph.user`;
    const people: PersonId[] = [];
    let where = path(resource, { $select: 'id', $count: 'true', $top: 999 });
    for (let n = 0; n < MAX_PAGES; n += 1) {
      const headers = { ...EVENTUAL, ...LOW_PRIORITY };
      const answer = await client.ask({ call: 'read-members', method: 'GET', path: where, headers });
      const list = readingOf(answer, memberPage);
      if (list.kind !== 'read') return list;
      people.push(...list.value.items.map((one) => one.id as PersonId));
      if (list.value.next === null) return { kind: 'read', people };
      const link = followable(list.value.next, graphHost, resource);
      if (link === null) break;
      where = link;
    }
    return { kind: 'unread', why: 'unknown-shape' };
  }

  return {
    name: 'members',
    async round(statuses) {
      const status = statusOf(statuses, 'members');
      const began = now();
      const members: { readonly group: GroupId; readonly people: readonly PersonId[] }[] = [];
      let trouble: UnreadReason | null = null;
      for (const group of groups) {
        const found = await membersOf(group);
        if (found.kind === 'read') members.push({ group, people: found.people });
        else trouble = found.why;
      }
      if (trouble !== null) {
        // The groups that could be read are kept; the others stay as they were.
        await index.write({ members });
        return fail(index, status, trouble);
      }
      const observedSince = status.observedSince ?? began;
      await keep(index, { source: 'members', cursor: null, seenUpTo: began, observedSince }, { members });
      return { kind: 'complete' };
    },
  };
}

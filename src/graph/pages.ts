/**
 * Lists with further pages. An answer with a link to the next page is half an answer, so the link is followed, up to a bound. What
 * is beyond the bound is never cut off without a word: the link stays in the answer, and where the whole list is needed such an
 * answer counts as unread (`wholeList` in shapes.ts).
 */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { followable } from './odata.ts';

/** Pages of one list that are read, the first included: ten of up to 999 entries each. */
export const PAGES_AT_MOST = 10;

const furtherPages = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.string() });
const lastPage = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.undefined().optional() });

/**
 * The answer to `part` with the entries of all its pages. A page that could not be read stands for the whole list; a link that
 * leads elsewhere, and the next page after the last one that is read, stay in the answer.
 */
export async function withAllPages(
  client: GraphClient,
  call: string,
  { path, headers = {} }: Part,
  first: Answer,
): Promise<Answer> {
  const resource = path.replace(/\?.*$/, '');
  const entries: unknown[] = [];
  let page = first;
  for (let read = 1; ; read += 1) {
    if (page.kind !== 'answered' || page.status !== 200) return page;
    const more = furtherPages.safeParse(page.body);
    if (!more.success) {
      const last = lastPage.safeParse(page.body);
      if (!last.success || read === 1) return page;
      return { ...page, body: { ...last.data, value: [...entries, ...last.data.value] } };
    }
    entries.push(...more.data.value);
    const link = followable(more.data['@odata.nextLink'], client.graphHost, resource);
    if (link === null || read === PAGES_AT_MOST) return { ...page, body: { ...more.data, value: entries } };
    page = await client.ask({ call, method: 'GET', path: link, headers });
  }
}

/** The same for every answer of a batch that is a list of these parts. */
export async function eachWithAllPages<Name extends string>(
  client: GraphClient,
  call: string,
  parts: Readonly<Record<Name, Part>>,
  answers: Readonly<Record<NoInfer<Name>, Answer>>,
): Promise<Record<Name, Answer>> {
  const whole = await Promise.all(
    (Object.keys(parts) as Name[]).map(
      async (name) => [name, await withAllPages(client, call, parts[name], answers[name])] as const,
    ),
  );
  return Object.fromEntries(whole) as Record<Name, Answer>;
}

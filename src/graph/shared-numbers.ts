/**
 * How many other people have a number on record. A call to a number that several people share says nothing about which of
 * them answers.
 *
 * The index keeps digests of what everybody's entries say, as it is written there. So the same number is looked for in every
 * way in which people write it, as an office, a mobile and a registered number. An entry that holds several office numbers at
 * once is not found; Microsoft allows one.
 */
import { Fault } from '../casework/ports/fault.ts';
import type { FollowedFact, TenantIndex } from '../casework/ports/tenant-index.ts';
import type { PersonId, Reading } from '../procedure/facts.ts';
import { read, unread } from './answer.ts';
import { statusOf } from './feed/source.ts';
import type { TelephoneNumber } from './telephone-number.ts';

/** Microsoft gives registered phones of one type the same id everywhere: mobile, alternate mobile, office. */
const PLACES: readonly FollowedFact[] = [
  'office-number',
  'mobile-number',
  'method:3179e48a-750b-4051-897c-87b9720928f7',
  'method:b6332ec1-7057-4abe-9331-3d72feddfe41',
  'method:e37fc753-ff3b-4958-9484-eaa9425c82bc',
];

/** How many people other than the owner have a number, by the one way of writing it. */
export type Sharing = (number: string) => Reading<number>;

/**
 * Counts for these numbers. Unread until the list of everybody was read once: before that, nobody can say that a number is not
 * shared.
 */
export async function sharingOf(
  index: TenantIndex,
  owner: PersonId,
  numbers: readonly TelephoneNumber[],
): Promise<Sharing> {
  try {
    const { seenUpTo, trouble } = statusOf(await index.sources(), 'everybody');
    const unknown = unread(trouble ?? 'not-asked');
    if (seenUpTo === null) return () => unknown;
    const counts = new Map<string, number>();
    for (const { same, forms } of numbers) {
      const digests = PLACES.flatMap((place) => forms.map((form) => index.digest(place, form)));
      counts.set(same, await index.othersWith(digests, owner));
    }
    return (number) => {
      const count = counts.get(number);
      return count === undefined ? unread('not-asked') : read(count);
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const nothing = unread('unreachable');
    return () => nothing;
  }
}

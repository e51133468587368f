/**
 * Work on long lists, in groups. SQLite answers on the main thread, so a page of a thousand people would hold up every turn
 * that is going on; between two groups the others get theirs.
 */

/** So many rows take some milliseconds. */
const GROUP_SIZE = 200;

/** Does the work group by group, in order. */
export async function inGroups<T>(items: readonly T[], work: (group: readonly T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += GROUP_SIZE) {
    if (start > 0) await new Promise<void>((next) => setImmediate(next));
    await work(items.slice(start, start + GROUP_SIZE));
  }
}

/**
 * What changed in the directory, in order. Live reads see a change at once; `users/delta` tells it when
 * `deltaDelaySeconds` have passed, with the values of that moment. Everything that changes a person goes through here.
 */
import { writeAudit } from './logs.ts';
import type { Initiator } from './logs.ts';
import type { DirectoryChange, Json, PersonRecord, World } from './world.ts';

/** A person as the copy behind `users/delta` knows them. */
interface CopiedPerson {
  readonly properties: Json;
  readonly manager: string | null;
  readonly presence: 'there' | 'deleted' | 'deleted-for-good';
}

/** What changes about a person. */
interface Change {
  readonly properties?: Json;
  readonly manager?: string | null;
}

/** Changes a person now, and notes it for `users/delta`. */
export function changeDirectory(world: World, person: PersonRecord, change: Change): void {
  const properties = change.properties ?? {};
  if (Object.keys(properties).length === 0 && change.manager === undefined) return;
  Object.assign(person.user, properties);
  if (change.manager !== undefined) person.managerId = change.manager;
  note(world, person, 'updated', change);
}

/** Deletes a person: `for-good`, or into the deleted items, from where an administrator can restore them. */
export function deletePerson(world: World, person: PersonRecord, how: 'restorable' | 'for-good', by: Initiator): void {
  writeAudit(world, { ...accountEvent(world, person, by), activity: 'Delete user' });
  world.people.delete(person.id);
  world.deleted.set(person.id, { person, how });
  person.pass = null;
  person.session = null;
  note(world, person, how === 'for-good' ? 'deleted-for-good' : 'deleted', {});
}

/** Brings a deleted person back. Throws RangeError when there is nobody to bring back. */
export function restorePerson(world: World, idOrName: string, by: Initiator): void {
  const key = idOrName.toLowerCase();
  const found = [...world.deleted.values()].find(
    ({ person, how }) =>
      how === 'restorable' && (person.id === key || String(person.user['userPrincipalName']).toLowerCase() === key),
  );
  if (found === undefined) throw new RangeError(`There is no deleted person called ${idOrName}.`);
  world.deleted.delete(found.person.id);
  world.people.set(found.person.id, found.person);
  writeAudit(world, { ...accountEvent(world, found.person, by), activity: 'Restore user' });
  note(world, found.person, 'restored', {});
}

function accountEvent(world: World, person: PersonRecord, by: Initiator) {
  const event = { service: 'Core Directory', result: 'success', reason: '' } as const;
  return { ...event, target: person.id, by, correlationId: world.newId() };
}

function note(world: World, person: PersonRecord, kind: DirectoryChange['kind'], change: Change): void {
  const { changes } = world.directory;
  const due = world.now() + world.settings.deltaDelaySeconds * 1000;
  changes.push({
    kind,
    person: person.id,
    properties: { ...change.properties },
    ...(change.manager === undefined ? {} : { manager: change.manager }),
    visibleAt: Math.max(due, changes.at(-1)?.visibleAt ?? 0),
  });
}

/** Changes still waiting are told no later than a change made now would be. For a delay that was shortened. */
export function bringForward(world: World): void {
  const latest = world.now() + world.settings.deltaDelaySeconds * 1000;
  for (const change of world.directory.changes) change.visibleAt = Math.min(change.visibleAt, latest);
}

/** How many changes the copy behind `users/delta` has applied by now. */
export function appliedChanges(world: World): number {
  const now = world.now();
  const { changes } = world.directory;
  let count = changes.length;
  while (count > 0 && (changes[count - 1]?.visibleAt ?? 0) > now) count -= 1;
  return count;
}

/** A person after the first `applied` changes; undefined for an id that was never in the tenant. */
export function copiedPerson(world: World, id: string, applied: number): CopiedPerson | undefined {
  const record = world.people.get(id) ?? world.deleted.get(id)?.person;
  if (record === undefined) return undefined;
  let copy: CopiedPerson = { ...record.atStart, presence: 'there' };
  for (const change of world.directory.changes.slice(0, applied)) {
    if (change.person !== id) continue;
    copy = {
      properties: { ...copy.properties, ...change.properties },
      manager: change.manager === undefined ? copy.manager : change.manager,
      presence: change.kind === 'deleted' || change.kind === 'deleted-for-good' ? change.kind : 'there',
    };
  }
  return copy;
}

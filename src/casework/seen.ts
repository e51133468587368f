/**
 * Who was seen in which role since the start, so that approvers and leads can be written to.
 * The one rule kept here: this is an address book, not an authority; a role is read again when it matters.
 */
import type { PersonId } from '../procedure/facts.ts';
import type { Role } from './who-may.ts';

/** The address book. */
export interface Seen {
  readonly remember: (person: PersonId, roles: ReadonlySet<Role>) => void;
  readonly approvers: () => readonly PersonId[];
  readonly leads: () => readonly PersonId[];
}

/** Starts with an empty book. */
export function createSeen(): Seen {
  const book = new Map<PersonId, ReadonlySet<Role>>();
  const holding = (role: Role): readonly PersonId[] =>
    [...book].filter(([, roles]) => roles.has(role)).map(([person]) => person);
  return {
    remember(person, roles) {
      if (roles.size === 0) book.delete(person);
      else book.set(person, roles);
    },
    approvers: () => holding('approver'),
    leads: () => holding('lead'),
  };
}

/**
 * Anybody who is not helpdesk: what they can do for themselves, and nothing about anybody else.
 * The one rule kept here: the answer depends on who writes, never on what or about whom; a name that exists and one that
 * does not get the same words, the same reads and the same entry.
 */
import { enoughFor, worthOf } from '../procedure/methods.ts';
import type { CallerFacts, Instant, PersonId, Reading, RegisteredMethod } from '../procedure/facts.ts';
import { requestRefusedEntry } from './entries.ts';
import type { House } from './house.ts';
import type { Letter } from './ports.ts';

/** One person's own methods are read again after this long, however often they write. */
const REMEMBER_MS = 60_000;
const REMEMBERED = 500;

type Own = Reading<readonly RegisteredMethod[]>;

/** Answers with the reader's own methods and the two links. Throws Fault when the ledger cannot be written. */
export type AnswerOutsider = (house: House, person: PersonId) => Promise<Letter>;

/** Builds the answer, with a small memory so that a flood of messages costs no flood of reads. */
export function createAnswerOutsider(): AnswerOutsider {
  const remembered = new Map<PersonId, { readonly own: Own; readonly at: Instant }>();
  return async (house, person) => {
    const now = house.around.now();
    await house.ledger.record([requestRefusedEntry(person, null, 'message', 'not-helpdesk')], now);
    const known = remembered.get(person);
    const own =
      known !== undefined && now - known.at < REMEMBER_MS ? known.own : await house.directory.readMethods(person);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(person, { own, at: known?.own === own ? known.at : now });
    return house.cards.guidance(readiness(own, house.policy().requiredMethods));
  };
}

function readiness(own: Own, required: number): Parameters<House['cards']['guidance']>[0] {
  const methods = own.kind === 'read' ? own.value : [];
  return {
    methods: methods
      .filter((method) => method.kind !== 'password')
      .map(({ kind, masked }) => ({ kind, masked, counts: worthOf(kind).countsForSelfService })),
    required,
    enough: enoughFor(methods, required, NOT_AN_ADMINISTRATOR),
    unread: own.kind !== 'read',
  };
}

/** Roles are not read for this: it is guidance, and the page itself decides. */
const NOT_AN_ADMINISTRATOR = { activeRoles: { kind: 'read', value: [] } } as const satisfies Pick<
  CallerFacts,
  'activeRoles'
>;

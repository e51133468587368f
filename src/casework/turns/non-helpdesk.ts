/**
 * Anybody who is not helpdesk: what they can do for themselves, and nothing about anybody else.
 * The one rule kept here: the answer depends on who writes, never on what or about whom; a name that exists and one that
 * does not get the same words, the same reads and the same entry.
 */
import { enoughFor, worthOf } from '../../procedure/methods.ts';
import type { CallerFacts, Instant, PersonId, Reading, RegisteredMethod } from '../../procedure/facts.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import type { Policy } from '../../procedure/policy.ts';
import type { Cards } from '../ports/cards.ts';
import type { Directory } from '../ports/directory.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { Runtime } from '../ports/runtime.ts';

/** One person's own methods are read again after this long, however often they write. */
const REMEMBER_MS = 60_000;
const REMEMBERED = 500;

type Own = Reading<readonly RegisteredMethod[]>;

/** Answers with the reader's own methods and the two links. Throws Fault when the ledger cannot be written. */
export type AnswerNonHelpdesk = (person: PersonId, cards: Pick<Cards, 'guidance'>) => Promise<CardMessage>;

/** What the answer needs. */
export interface NonHelpdeskParts {
  readonly directory: Pick<Directory, 'readMethods'>;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
}

/** Builds the answer, with a small memory so that a flood of messages costs no flood of reads. */
export function createAnswerNonHelpdesk(parts: NonHelpdeskParts): AnswerNonHelpdesk {
  const remembered = new Map<PersonId, { readonly own: Own; readonly at: Instant }>();
  return async (person, cards) => {
    const now = parts.runtime.now();
    await parts.ledger.record([requestRefusedEntry(person, null, 'message', 'not-helpdesk')], now);
    const known = remembered.get(person);
    const own =
      known !== undefined && now - known.at < REMEMBER_MS ? known.own : await parts.directory.readMethods(person);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(person, { own, at: known?.own === own ? known.at : now });
    return cards.guidance(readiness(own, parts.policy().requiredMethods));
  };
}

function readiness(own: Own, required: number): Parameters<Cards['guidance']>[0] {
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

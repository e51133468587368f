/**
 * The answer to everybody outside the helpdesk: how to reset their own password, and nothing about anybody else.
 * The answer depends only on who writes, never on what they write. Whether a name in the message exists makes no difference to the
 * answer, to what is read, or to the ledger entry.
 */
import { enoughFor, worthOf } from '../../procedure/methods.ts';
import type { CallerFacts, Instant, PersonId, Reading, RegisteredMethod } from '../../procedure/facts.ts';
import type { Policy } from '../../procedure/policy.ts';
import type { Cards } from '../ports/cards.ts';
import type { Directory } from '../ports/directory.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { Runtime } from '../ports/runtime.ts';

/** How long a person's methods are cached. Within this time they are read once, however often the person writes. */
const REMEMBER_MS = 60_000;
const REMEMBERED = 500;

type Own = Reading<readonly RegisteredMethod[]>;

/** Answers with the person's own methods and the two links. That they asked was recorded before. */
export type AnswerNonHelpdesk = (person: PersonId, cards: Pick<Cards, 'guidance'>) => Promise<CardMessage>;

/** What the answer needs. */
export interface NonHelpdeskParts {
  readonly directory: Pick<Directory, 'readMethods'>;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
}

/** Builds the answer, with a small cache, so that many messages do not cause as many reads. */
export function createAnswerNonHelpdesk(parts: NonHelpdeskParts): AnswerNonHelpdesk {
  const remembered = new Map<PersonId, { readonly own: Own; readonly at: Instant }>();
  return async (person, cards) => {
    const now = parts.runtime.now();
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

/** Roles are not read for this answer. It is guidance only; the reset page decides. */
const NOT_AN_ADMINISTRATOR = { activeRoles: { kind: 'read', value: [] } } as const satisfies Pick<
  CallerFacts,
  'activeRoles'
>;

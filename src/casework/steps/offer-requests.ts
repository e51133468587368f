/**
 * Requests for people who could not be asked when everybody was: an approver who gets the app late, who joined the group later, or
 * who was called on the phone. They get the card when they write or when they open the case. It is in the ledger like the request
 * itself, so the technician's card counts them.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { openCasesIn } from '../background/open-cases.ts';
import { closeRequests, closedRequest, type ClosingParts } from '../outbox/closed-requests.ts';
import { ASKED, whatCameOf } from '../outbox/reach.ts';
import { reachedOutcome } from '../outbox/role-members.ts';
import type { CardPlace, LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { Role } from '../../procedure/actions.ts';
import type { RolesOf } from '../turns/access.ts';
import { intentEntry, outcomeEntry, type IntendedEffect } from './entries.ts';
import { askApprovers, involvedIn, othersIn, rolesAskedIn, type OutreachParts } from './outreach.ts';

/** What it needs. */
export interface OfferParts extends OutreachParts, ClosingParts {
  readonly rolesOf: RolesOf;
}

/** Sends requests to single people. */
export interface RequestOffers {
  /** Sends an approver every open request that they have no card of. Their role is read again first. */
  offer(person: PersonId): Promise<void>;
  /** Whether this person could decide on the case now, and so is shown the request when they open it. */
  mayDecide(person: PersonId, roles: ReadonlySet<Role>, stored: StoredCase): boolean;
  /** The request is about to be shown to somebody who opened the case. Call the result once it is in their chat. */
  shownTo(person: PersonId, stored: StoredCase): Promise<(place: CardPlace) => Promise<void>>;
}

/** Builds it. */
export function createRequestOffers(parts: OfferParts): RequestOffers {
  const { ledger, runtime } = parts;
  /** On their way now, so that two messages do not bring two cards. */
  const offering = new Set<string>();

  const mayDecide: RequestOffers['mayDecide'] = (person, roles, stored) =>
    rolesAskedIn(stored).some((role) => roles.has(role)) && !involvedIn(stored).has(person);

  /** The intent of one more try. It keeps the count of the tries before it. */
  const begin = async (stored: StoredCase): Promise<IntendedEffect> => {
    if (!isAt(stored.case, 'awaiting-approval')) throw new Error('an approval is asked for only in awaiting-approval');
    const { subject, reasons, needs } = stored.case.state;
    const effect = { kind: 'ask-approvers', subject, reasons, needs } as const;
    const intended = { effect, intentId: runtime.newId() } as const;
    const before = await ledger.newestOf([ASKED[0]], stored.case.id);
    const entry = intentEntry(stored.case, intended);
    const { tries, raisedAt } = before?.detail ?? {};
    const counted: LedgerEntry['detail'] = {
      ...(typeof tries === 'number' && { tries }),
      ...(typeof raisedAt === 'number' && { raisedAt }),
    };
    await ledger.record([{ ...entry, detail: { ...entry.detail, ...counted } }], runtime.now());
    return intended;
  };
  const end = async (stored: StoredCase, intended: IntendedEffect, outcome: string): Promise<void> => {
    await ledger.record([outcomeEntry(stored.case, intended, outcome)], runtime.now());
    void parts.outbox.refreshCard(stored.case.id);
    await closeRequests(parts, stored); // it may have been decided meanwhile
  };

  const lacks = async (person: PersonId, id: CaseId): Promise<boolean> => {
    const newest = await ledger.newestOf(ASKED, id);
    if (newest === null || whatCameOf(newest).kind === 'sending') return false; // everybody is being asked just now
    return (await ledger.requestCardsOf(id, 'approval')).every((sent) => sent.person !== person);
  };

  return {
    mayDecide,
    async offer(person) {
      for (const stored of await openCasesIn(ledger, ['awaiting-approval'])) {
        const { id } = stored.case;
        const key = `${id} ${person}`;
        if (offering.has(key) || !mayDecide(person, new Set(rolesAskedIn(stored)), stored)) continue;
        offering.add(key);
        try {
          if (!(await lacks(person, id))) continue;
          if (!mayDecide(person, await parts.rolesOf(person, { fresh: true }), stored)) continue;
          const intended = await begin(stored);
          await end(stored, intended, await askApprovers(parts, stored, { only: person }));
        } finally {
          offering.delete(key);
        }
      }
    },
    async shownTo(person, stored) {
      const { id } = stored.case;
      const intended = await begin(stored);
      return async (place) => {
        const [earlier] = (await ledger.requestCardsOf(id, 'approval')).filter((sent) => sent.person === person);
        await ledger.rememberRequestCard(id, 'approval', person, place);
        if (earlier !== undefined) await moveAway(parts, stored, earlier);
        const asked = (await ledger.requestCardsOf(id, 'approval')).length;
        const others = await othersIn(parts, rolesAskedIn(stored), involvedIn(stored));
        const { people, listed } = others.kind === 'read' ? others.value : { people: [], listed: 'all' as const };
        await end(stored, intended, reachedOutcome(asked, Math.max(asked, people.length), listed));
      };
    },
  };
}

/** There is one card of a request in each chat: the earlier one says that the request is further down now. */
async function moveAway(
  parts: OfferParts,
  stored: StoredCase,
  { person, place }: { readonly person: PersonId; readonly place: CardPlace },
): Promise<void> {
  const to = await parts.ledger.conversationOf(person);
  if (to === null) return;
  const view = { ...(await closedRequest(parts, stored, 'approval')), outcome: 'moved', byName: null } as const;
  await parts.messenger.replace(
    to,
    place,
    parts.cards.in(to.language).requestClosed({ ...view, at: parts.runtime.now() }),
  );
}

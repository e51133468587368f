/**
 * Opens a case for a technician: looks for the caller, reads what is known, and answers with the first card. A caller is on the
 * phone, so what takes too long is left out of the first card, and the card is completed in its place.
 */
import type { Intent } from '../../intents/intent.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { comesByItself, missingIn } from '../../procedure/missing.ts';
import { askedAboutEntry } from '../steps/entries.ts';
import { openCaseAbout } from '../steps/open-case.ts';
import type { TurnServices } from '../services.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { MessageTurn, Reply } from '../ports/turn.ts';
import { alsoWriting, type Arrived } from './arrivals.ts';
import { certainOf, refuseSearch, searchEntry, startSearch, type Search } from './search.ts';
import { recordLook, refuse, refusalEntries } from './traces.ts';

/** At most this many matches are listed; the card says when there are more. */
const PEOPLE_AT_MOST = 5;
/**
 * When the search has taken longer than what is left for the first card, the snapshot would be cut before anything was read. It is
 * given its time instead, and the first answer asks the technician to wait.
 */
const WORTH_READING_MS = 1_125;

/** A card that belongs to no case, alone. */
export function reply(cardMessage: CardMessage): readonly Reply[] {
  return [{ cardMessage, cardOf: null }];
}

/** The one card of an answer; `null` when the message was answered before. */
export function only(cardMessage: CardMessage | null): readonly Reply[] | null {
  return cardMessage === null ? null : reply(cardMessage);
}

/** What comes with a request to open a case. */
export interface Asked {
  /** The search that started before the sender's roles were known; `null` when none did. */
  readonly ahead: Search | null;
  /** Recorded with the first entry about the caller, and not before. */
  readonly arrived: Arrived;
}

/**
 * Starts the search for the caller while the sender's roles are being read, which saves a round trip for a technician with a caller
 * on the phone. Only for somebody who was a technician when they last wrote. The result is used only after the current roles are
 * known, and is dropped when they are not enough.
 */
export async function lookAhead(services: TurnServices, turn: MessageTurn, intent: Intent): Promise<Search | null> {
  if (intent.kind !== 'open-case' || intent.who === null) return null;
  const technicians = await services.ledger.peopleAs('technician');
  return technicians.includes(turn.person) ? startSearch(services, turn.person, intent.who, PEOPLE_AT_MOST + 1) : null;
}

/** Searches for the caller. One match opens the case, several or similar names are offered to choose from, and no match is reported. */
export async function openAbout(
  services: TurnServices,
  technician: PersonId,
  who: string,
  { ahead, arrived }: Asked,
): Promise<readonly Reply[] | null> {
  const search = ahead ?? (await startSearch(services, technician, who, PEOPLE_AT_MOST + 1));
  if (search.kind === 'too-many') return only(await refuseSearch(services, arrived, technician, 'open-case', search));
  const known = await search.people.catch(() => null);
  const searched = searchEntry(technician, 'open-case', known?.length ?? null);
  const caller = certainOf(known ?? []);
  // With one match, the search is recorded together with the entry about the caller. Otherwise there is no such entry.
  if (caller === null && !(await arrived.record([searched]))) return null;
  const people = await search.people;
  if (people.length === 0) return reply(services.cards.callerNotFound(who));
  if (caller === null) {
    const more = people.length > PEOPLE_AT_MOST;
    const shown = people.slice(0, PEOPLE_AT_MOST);
    services.profiles.remember(shown);
    return reply(services.cards.pickCaller({ query: who, people: shown, more }));
  }
  return openFor(services, technician, caller.id, alsoWriting(arrived, [searched]));
}

/** Opens the case of somebody who was picked from a list. Nobody outside the directory gets a case. */
export async function openPicked(
  services: TurnServices,
  technician: PersonId,
  caller: PersonId,
  arrived: Arrived,
): Promise<readonly Reply[] | null> {
  if (services.profiles.rememberedName(caller) !== null) return openFor(services, technician, caller, arrived);
  // The search was long ago, or there was none. Whether there is such a person is a search of its own.
  const permission = await services.limits.maySearch(technician);
  if (permission !== 'granted') {
    const first = permission === 'just-exceeded';
    return only(await refuseSearch(services, arrived, technician, 'pick-caller', { kind: 'too-many', first }));
  }
  const searched = { ...searchEntry(technician, 'pick-caller', null), about: caller };
  if (!(await arrived.record([searched]))) return null;
  if ((await services.directory.person(caller, services.deadline)) === null) {
    const refused = { by: technician, asked: 'pick-caller', because: 'no-such-person' };
    return only(await refuse(services, arrived, refused, 'no-such-person'));
  }
  return openFor(services, technician, caller, arrived);
}

/** Opens the case, or shows the one that is open already. */
async function openFor(
  services: TurnServices,
  technician: PersonId,
  caller: PersonId,
  arrived: Arrived,
): Promise<readonly Reply[] | null> {
  const { firstCardBy } = services;
  const deadline = firstCardBy.left() < WORTH_READING_MS ? services.deadline : firstCardBy;
  // The card shows the technician's name. It is read at the same time as the facts, not after them.
  const [opened] = await Promise.all([
    openCaseAbout(services.opening, { technician, caller, arrived, deadline }),
    services.profiles.nameOf(technician, deadline),
  ]);
  if (opened.kind === 'repeated') return null;
  const { stored } = opened;
  if (opened.kind === 'opened' && opened.intended.length > 0) services.runCase.later(stored, opened.intended);
  if (opened.kind === 'already-open') {
    const denial = await lookAtOpenCase(services, technician, stored, arrived);
    if (denial !== 'none') return denial;
  }
  const wasCut = opened.kind === 'opened' && deadline?.left() === 0;
  const cardMessage = await services.cardMessages.caseCard(services.cards, stored, deadline);
  const continueAt = (): void => services.background.run('completing a first card', complete(services, stored, wasCut));
  return [{ cardMessage, cardOf: stored.case.id, continueAt }];
}

/** The caller has an open case: its technician may see it, and a colleague only learns that there is one. */
async function lookAtOpenCase(
  services: TurnServices,
  technician: PersonId,
  stored: StoredCase,
  arrived: Arrived,
): Promise<readonly Reply[] | null | 'none'> {
  const refusal = (code: 'already-open-elsewhere' | 'too-fast') =>
    reply(services.cards.refusal({ refusal: { code }, at: null }));
  if (stored.case.technician !== technician) {
    const entries = refusalEntries(services, {
      by: technician,
      asked: 'open-case',
      because: 'not-your-case',
      at: stored,
    });
    // Beyond the limit of what one person can have written down, the contact is known already.
    const contact = entries.length > 0 ? [askedAboutEntry(stored.case, technician)] : [];
    return (await arrived.record([...entries, ...contact])) ? refusal('already-open-elsewhere') : null;
  }
  const looked = await recordLook(services, arrived, technician, stored, 'asked-again');
  if (looked === 'recorded') return 'none';
  return looked === 'repeated' ? null : refusal('too-fast');
}

/** The first card is in the chat. When there was no time to read everything, the rest is read now. What happened since is shown. */
async function complete(services: TurnServices, drawn: StoredCase, wasCut: boolean): Promise<void> {
  const { id } = drawn.case;
  const latest = (await services.ledger.load(id)) ?? drawn;
  if (latest.version !== drawn.version) void services.outbox.refreshCard(id);
  if (wasCut && missingIn(latest.case, services.policy()).some(comesByItself)) services.mending.soon(id);
}

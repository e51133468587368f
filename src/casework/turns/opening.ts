/**
 * Opens a case for a technician: looks for the caller, reads what is known, and answers with the first card. A caller is on the
 * phone, so what takes too long is left out of the first card, and the card is completed in its place.
 */
import type { Intent } from '../../intents/intent.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { comesByItself, missingIn } from '../../procedure/missing.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import { openCaseAbout } from '../steps/open-case.ts';
import type { TurnServices } from '../services.ts';
import type { FoundPerson, Person } from '../ports/directory.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { MessageTurn, Reply } from '../ports/turn.ts';
import type { Arrived } from './arrivals.ts';

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

/** A search that started before the sender's roles were known. */
export interface Ahead {
  readonly people: Promise<readonly FoundPerson[]>;
}

/** What comes with a request to open a case. */
export interface Asked {
  readonly ahead: Ahead | null;
  /** Recorded with the first entry about the caller, and not before. */
  readonly arrived: Arrived;
}

/**
 * Starts the search for the caller while the sender's roles are being read, which saves a round trip for a technician with a caller
 * on the phone. Only for somebody who was a technician when they last wrote. The result is used only after the current roles are
 * known, and is dropped when they are not enough.
 */
export async function lookAhead(services: TurnServices, turn: MessageTurn, intent: Intent): Promise<Ahead | null> {
  if (intent.kind !== 'open-case' || intent.who === null) return null;
  const technicians = await services.ledger.peopleAs('technician');
  if (!technicians.includes(turn.person)) return null;
  const people = search(services, intent.who);
  people.catch(() => undefined); // a failure is reported to whoever awaits the result
  return { people };
}

/** Searches for the caller. One match opens the case, several or similar names are offered to choose from, and no match is reported. */
export async function openAbout(
  services: TurnServices,
  technician: PersonId,
  who: string,
  { ahead, arrived }: Asked,
): Promise<readonly Reply[] | null> {
  const looking = ahead?.people ?? search(services, who);
  // With one match, the arrival is recorded together with the entry about the caller. Otherwise there is no such entry.
  const found = await looking.then((people) => mayOpen(people)).catch(() => false);
  if (!found && !(await arrived.record([]))) return null;
  const people = await looking;
  const [first] = people;
  if (first === undefined) return reply(services.cards.callerNotFound(who));
  if (!mayOpen(people)) {
    const more = people.length > PEOPLE_AT_MOST;
    return reply(services.cards.pickCaller({ query: who, people: people.slice(0, PEOPLE_AT_MOST), more }));
  }
  return openFor(services, technician, first.id, arrived);
}

/** One person whose name is as it was written. Where it is only similar, somebody looks at it first. */
function mayOpen(people: readonly FoundPerson[]): boolean {
  return people.length === 1 && people[0]?.match === 'as-written';
}

function search(services: TurnServices, who: string): Promise<readonly FoundPerson[]> {
  return services.directory.findPeople(who, PEOPLE_AT_MOST + 1, services.deadline);
}

/** Opens the case, or shows the one that is open already. */
export async function openFor(
  services: TurnServices,
  technician: PersonId,
  caller: Person['id'],
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
  const wasCut = opened.kind === 'opened' && deadline?.left() === 0;
  if (opened.kind === 'already-open' && stored.case.technician !== technician) {
    const now = services.runtime.now();
    await services.ledger.record([requestRefusedEntry(technician, caller, 'open-case', 'not-your-case')], now);
    return reply(services.cards.refusal({ refusal: { code: 'already-open-elsewhere' }, at: null }));
  }
  const cardMessage = await services.cardMessages.caseCard(services.cards, stored, deadline);
  const continueAt = (): void => services.background.run('completing a first card', complete(services, stored, wasCut));
  return [{ cardMessage, cardOf: stored.case.id, continueAt }];
}

/** The first card is in the chat. When there was no time to read everything, the rest is read now. What happened since is shown. */
async function complete(services: TurnServices, drawn: StoredCase, wasCut: boolean): Promise<void> {
  const { id } = drawn.case;
  const latest = (await services.ledger.load(id)) ?? drawn;
  if (latest.version !== drawn.version) void services.outbox.refreshCard(id);
  if (wasCut && missingIn(latest.case, services.policy()).some(comesByItself)) services.mending.soon(id);
}

/**
 * Searching for people on behalf of a technician. Who searched, what for, and how many people match is written down before anybody
 * sees a match or an account is read; whom they open then has an entry of its own. The words of the search are personal data about
 * people who may have nothing to do with it, so they are not kept.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { Verb } from '../../procedure/actions.ts';
import type { Intent } from '../../intents/intent.ts';
import type { FoundPerson } from '../ports/directory.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { LedgerEntry } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { othersIn, toEach } from '../steps/outreach.ts';
import { reachedOutcome, unreadOutcome } from '../outbox/role-members.ts';
import type { TurnServices } from '../services.ts';
import type { Arrived } from './arrivals.ts';
import { note, refusalEntries } from './traces.ts';

/** A search that was started, or was not because there were too many within the hour. */
export type Search =
  | { readonly kind: 'started'; readonly people: Promise<readonly FoundPerson[]> }
  | { readonly kind: 'too-many'; readonly first: boolean };

/** What somebody searches for. `pick-caller`: whether the person of a button is in the directory. */
type Purpose = Extract<Intent['kind'], 'open-case' | 'send-link'> | Extract<Verb, 'pick-caller'>;

/** Starts a search for at most `limit` people, if this technician may. A failure is reported to whoever awaits the result. */
export async function startSearch(
  services: TurnServices,
  technician: PersonId,
  who: string,
  limit: number,
): Promise<Search> {
  const permission = await services.limits.maySearch(technician);
  if (permission !== 'granted') return { kind: 'too-many', first: permission === 'just-exceeded' };
  const people = services.directory.findPeople(who, limit, services.deadline);
  people.catch(() => undefined);
  return { kind: 'started', people };
}

/**
 * The one person a search is certainly about. `null` for none or several, and where a name is only similar to what was written:
 * somebody has to look at it before anything happens to that person.
 */
export function certainOf(people: readonly FoundPerson[]): FoundPerson | null {
  const [first, ...others] = people;
  return first?.match === 'as-written' && others.length === 0 ? first : null;
}

/** The entry of a search. `hits`: how many people match, at most so many as were asked for; `null` when that was not read. */
export function searchEntry(technician: PersonId, asked: Purpose, hits: number | null): LedgerEntry {
  return entryOf('people.searched', { actor: technician }, { asked, hits });
}

/**
 * Too many searches: refused, recorded, and reported to the leads and the operator, once within an hour. Somebody who looks up half
 * the company becomes visible here. `null`: the message arrived before.
 */
export async function refuseSearch(
  services: TurnServices,
  arrived: Arrived,
  technician: PersonId,
  asked: Purpose,
  search: Extract<Search, { kind: 'too-many' }>,
): Promise<CardMessage | null> {
  const refusal = refusalEntries(services, { by: technician, asked, because: 'too-many-searches' });
  const exceeded = entryOf('people.search-limit', { actor: technician }, {});
  const noted = await note(services, arrived, search.first ? [exceeded, ...refusal] : refusal);
  if (noted === 'repeated') return null;
  if (search.first && noted === 'recorded') {
    services.limits.searchesReported(technician);
    services.log.warn({}, 'somebody searched for more people than the limit allows; the ledger says who');
    services.background.run('telling the leads of many searches', tellLeads(services, technician));
  }
  return services.cards.refusal({ refusal: { code: 'too-many-searches' }, at: null, recorded: noted === 'recorded' });
}

/** The leads read who it was in the log, where reading it leaves an entry: names are not sent around. */
async function tellLeads(services: TurnServices, technician: PersonId): Promise<void> {
  const { ledger, runtime } = services;
  const parties = { actor: 'hardline', about: technician, intentId: runtime.newId() } as const;
  await ledger.record([entryOf('people.search-notice.intent', parties, {})], runtime.now());
  const leads = await othersIn(services, ['lead'], new Set([technician]));
  const others = leads.kind === 'read' ? leads.value.people : [];
  const reached = await toEach(services.outbox, others, (cards) =>
    cards.refusal({ refusal: { code: 'many-searches-seen' }, at: null }),
  );
  if (reached === 0) services.log.error({ of: others.length }, 'the many searches of somebody reached no lead');
  const outcome =
    leads.kind === 'read' ? reachedOutcome(reached, others.length, leads.value.listed) : unreadOutcome(leads.why);
  await ledger.record([entryOf('people.search-notice.outcome', parties, { outcome })], runtime.now());
}

/**
 * Answers a message, once its intent and the roles of its sender are known: checks access and does what was asked.
 * A request for a manual reset is always refused and always recorded.
 */
import type { CaseListView } from '../ports/card-views.ts';
import type { Intent } from '../../intents/intent.ts';
import type { CaseId } from '../../procedure/case.ts';
import type { Role } from '../../procedure/actions.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { step } from '../../procedure/lockout.ts';
import { kindsForSelfService } from '../../procedure/methods.ts';
import { refusalEntry, requestRefusedEntry } from '../steps/entries.ts';
import { Fault } from '../ports/fault.ts';
import type { TurnServices } from '../services.ts';
import { setMode, showMode } from './mode-commands.ts';
import { openCaseAbout } from '../steps/open-case.ts';
import type { Person } from '../ports/directory.ts';
import type { Arrival } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { Reply, MessageTurn } from '../ports/turn.ts';
import { denialOfIntent, mayOversee, maySee } from './access.ts';
import { isNew } from './arrivals.ts';

/** At most this many matches are listed; the card says when there are more. */
const PEOPLE_AT_MOST = 5;
const CASES_AT_MOST = 10;
const ENTRIES_AT_MOST = 15;

/** A card that belongs to no case, alone. */
export function reply(cardMessage: CardMessage): readonly Reply[] {
  return [{ cardMessage, cardOf: null }];
}

/** A search that started before the sender's roles were known. */
export interface Ahead {
  readonly people: Promise<readonly Person[]>;
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
  const people = services.directory.findPeople(intent.who, PEOPLE_AT_MOST + 1);
  people.catch(() => undefined); // a failure is reported to whoever awaits the result
  return { people };
}

/** What comes with a request to open a case. */
export interface Asked {
  readonly ahead: Ahead | null;
  /** Recorded with the first entry about the caller, and not before. `null` for a click. */
  readonly arrival: Arrival | null;
}

/** Answers a message; `null` when it was answered before. Throws Fault when the directory or the ledger fails. */
export async function onMessage(
  services: TurnServices,
  turn: MessageTurn,
  intent: Intent,
  roles: ReadonlySet<Role>,
  { ahead, arrival }: Asked,
): Promise<readonly Reply[] | null> {
  if (intent.kind === 'open-case' && intent.who !== null && denialOfIntent(roles, 'open-case') === null) {
    return openAbout(services, turn.person, intent.who, { ahead, arrival });
  }
  if (!(await isNew(services, arrival))) return null;
  if (roles.size === 0) return reply(await services.answerNonHelpdesk(turn.person, services.cards));
  // The mode affects everybody, so the roles for it are read again. For everything else, cached roles are good enough.
  const now = intent.kind === 'set-mode' ? await services.rolesOf(turn.person, { fresh: true }) : roles;
  const denial = denialOfIntent(now, intent.kind);
  if (denial !== null) {
    const entry = requestRefusedEntry(turn.person, null, intent.kind, denial);
    await services.ledger.record([entry], services.runtime.now());
    return reply(services.cards.refusal({ refusal: { code: denial }, at: null }));
  }
  switch (intent.kind) {
    case 'manual-reset':
      return reply(await refuseManualReset(services, turn, intent.who));
    case 'open-case':
      return reply(services.cards.refusal({ refusal: { code: 'nobody-named' }, at: null }));
    case 'send-link':
      return reply(await sendLink(services, turn.person, intent.who));
    case 'list-cases':
      return reply(services.cards.cases(await casesOf(services, turn.person)));
    case 'show-case':
      return showCase(services, turn.person, roles, intent.id);
    case 'show-log':
      return reply(await showLog(services, turn.person, roles, intent.id));
    case 'help':
    case 'greeting':
      return reply(services.cards.help([...roles]));
    case 'explain-error':
      return reply(services.cards.portalError({ error: intent.error, query: intent.who }));
    case 'set-mode':
      return reply(await setMode(services, turn.person, intent.mode, intent.reason));
    case 'show-mode':
      return reply(await showMode(services, roles.has('lead')));
    case 'unknown':
      return reply(services.cards.refusal({ refusal: { code: 'not-understood' }, at: null }));
  }
}

/** Refused in every state. The caller is looked up only to record the contact; the refusal does not depend on it. */
async function refuseManualReset(services: TurnServices, turn: MessageTurn, who: string | null): Promise<CardMessage> {
  const about = who === null ? null : await onlyMatch(services, who);
  const open = (await services.ledger.openCases()).filter((stored) => stored.case.technician === turn.person);
  const at = open.find((stored) => about === null || stored.case.caller === about) ?? null;
  const now = services.runtime.now();
  if (at === null) {
    await services.ledger.record([requestRefusedEntry(turn.person, about, 'manual-reset', 'manual-reset-never')], now);
  } else {
    const event = { kind: 'manual-reset-asked', by: turn.person } as const;
    const answer = step(at.case, event, services.policy(), now);
    if (answer.kind !== 'refused') throw new Error('the procedure did not refuse a manual reset');
    await services.ledger.record([refusalEntry(at.case, event, answer.refusal, turn.person)], now);
  }
  return services.cards.refused({ query: who ?? '', at, recorded: true });
}

/** The only person who matches; `null` for none or several, and when the directory fails: the refusal does not depend on it. */
async function onlyMatch(services: TurnServices, who: string): Promise<PersonId | null> {
  try {
    const people = await services.directory.findPeople(who, 2);
    return people.length === 1 ? (people[0]?.id ?? null) : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** Searches for the caller. One match opens the case, several are offered to choose from, and no match is reported. */
export async function openAbout(
  services: TurnServices,
  technician: PersonId,
  who: string,
  { ahead, arrival }: Asked,
): Promise<readonly Reply[] | null> {
  const looking = ahead?.people ?? services.directory.findPeople(who, PEOPLE_AT_MOST + 1);
  // With one match, the arrival is recorded together with the entry about the caller. Otherwise there is no such entry.
  const found = await looking.then((people) => people.length === 1).catch(() => false);
  if (!found && !(await isNew(services, arrival))) return null;
  const people = await looking;
  const [first] = people;
  if (first === undefined) return reply(services.cards.callerNotFound(who));
  if (people.length > 1) {
    const more = people.length > PEOPLE_AT_MOST;
    return reply(services.cards.pickCaller({ query: who, people: people.slice(0, PEOPLE_AT_MOST), more }));
  }
  return openFor(services, technician, first.id, arrival);
}

/** Opens the case, or shows the one that is open already. */
export async function openFor(
  services: TurnServices,
  technician: PersonId,
  caller: Person['id'],
  arrival: Arrival | null,
): Promise<readonly Reply[] | null> {
  // The card shows the technician's name. It is read at the same time as the facts, not after them.
  const [opened] = await Promise.all([
    openCaseAbout(services.opening, technician, caller, arrival),
    services.profiles.nameOf(technician),
  ]);
  if (opened.kind === 'repeated') return null;
  const { stored } = opened;
  if (opened.kind === 'already-open' && stored.case.technician !== technician) {
    const now = services.runtime.now();
    await services.ledger.record([requestRefusedEntry(technician, caller, 'open-case', 'not-your-case')], now);
    return reply(services.cards.refusal({ refusal: { code: 'already-open-elsewhere' }, at: null }));
  }
  return [{ cardMessage: await services.cardMessages.caseCard(services.cards, stored), cardOf: stored.case.id }];
}

async function sendLink(services: TurnServices, technician: PersonId, who: string | null): Promise<CardMessage> {
  if (who === null) return services.cards.refusal({ refusal: { code: 'nobody-named' }, at: null });
  const [first, ...others] = await services.directory.findPeople(who, 2);
  if (first === undefined) return services.cards.callerNotFound(who);
  if (others.length > 0) return services.cards.refusal({ refusal: { code: 'several-match' }, at: null });
  const caller = first.id;
  const intentId = services.runtime.newId();
  const entry = (phase: 'intent' | 'outcome', detail: { readonly outcome?: string }) =>
    ({ code: `link.push.${phase}`, actor: technician, about: caller, caseId: null, intentId, detail }) as const;
  await services.ledger.record([entry('intent', {})], services.runtime.now());
  const methods = await services.directory.readMethods(caller);
  const usable = methods.kind === 'read' ? kindsForSelfService(methods.value) : [];
  const delivery = await services.outbox.send(caller, (cards) => cards.selfServiceLink(null, usable));
  const outcome = delivery.kind === 'delivered' ? 'delivered' : `not delivered: ${delivery.why}`;
  await services.ledger.record([entry('outcome', { outcome })], services.runtime.now());
  return services.cards.confirmation({
    code: delivery.kind === 'delivered' ? 'link-pushed' : 'link-to-read-out',
    at: null,
  });
}

async function casesOf(services: TurnServices, technician: PersonId): Promise<CaseListView> {
  const cases = await services.ledger.casesOf(technician, CASES_AT_MOST);
  return {
    cases: cases.map((stored) => ({ stored, callerName: services.profiles.rememberedName(stored.case.caller) })),
    now: services.runtime.now(),
    timeZone: services.timeZone,
  };
}

async function showCase(
  services: TurnServices,
  person: PersonId,
  roles: ReadonlySet<Role>,
  id: CaseId,
): Promise<readonly Reply[]> {
  const stored = await services.ledger.load(id);
  if (stored === null || !maySee(person, roles, stored)) {
    return reply(services.cards.refusal({ refusal: { code: 'no-such-case' }, at: null }));
  }
  const cardMessage = await services.cardMessages.caseCard(services.cards, stored);
  return [{ cardMessage, cardOf: stored.case.technician === person ? id : null }];
}

async function showLog(
  services: TurnServices,
  person: PersonId,
  roles: ReadonlySet<Role>,
  caseId: CaseId | null,
): Promise<CardMessage> {
  const seesAll = mayOversee(roles);
  const stored = caseId === null ? null : await services.ledger.load(caseId);
  const allowed = caseId === null ? seesAll : stored !== null && maySee(person, roles, stored);
  if (!allowed) {
    const code = caseId === null ? 'not-an-auditor' : 'no-such-case';
    return services.cards.refusal({ refusal: { code }, at: null });
  }
  const entries = await services.ledger.entries({ caseId, limit: ENTRIES_AT_MOST });
  await services.ledger.record(
    [{ code: 'log.read', actor: person, about: null, caseId, intentId: null, detail: { entries: entries.length } }],
    services.runtime.now(),
  );
  const nameOf = (actor: string) => services.profiles.rememberedName(actor as PersonId);
  return services.cards.log({ entries, nameOf, now: services.runtime.now(), timeZone: services.timeZone });
}

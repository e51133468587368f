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
import { refusalEntry, requestRefusedEntry } from '../steps/entries.ts';
import { Fault } from '../ports/fault.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { TurnServices } from '../services.ts';
import { setMode, showMode } from './mode-commands.ts';
import { certainOf } from './search.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { Reply, MessageTurn } from '../ports/turn.ts';
import { ACCOUNT_DISABLED, denialOfIntent, mayOversee, maySee } from './access.ts';
import type { Arrived } from './arrivals.ts';
import { only, openAbout, reply, type Asked } from './opening.ts';
import { sendLink } from './send-link.ts';
import { note, recordLogLook, recordLook, refusalEntries, refuse, type Looked, type Noted } from './traces.ts';

const CASES_AT_MOST = 10;
const ENTRIES_AT_MOST = 15;

/** Answers a message; `null` when it was answered before. Throws Fault when the directory or the ledger fails. */
export async function onMessage(
  services: TurnServices,
  turn: MessageTurn,
  intent: Intent,
  roles: ReadonlySet<Role>,
  asked: Asked,
): Promise<readonly Reply[] | null> {
  const { arrived } = asked;
  const by = turn.person;
  if (intent.kind === 'open-case' && intent.who !== null && denialOfIntent(roles, 'open-case') === null) {
    return openAbout(services, by, intent.who, asked);
  }
  if (roles.size === 0 && roles !== ACCOUNT_DISABLED) {
    const entries = refusalEntries(services, { by, asked: 'message', because: 'not-helpdesk' });
    return once(await note(services, arrived, entries), () => services.answerNonHelpdesk(by, services.cards));
  }
  // The mode affects everybody, so the roles for it are read again. For everything else, cached roles are good enough.
  if (intent.kind === 'set-mode' && !(await arrived.record([]))) return null;
  const now = intent.kind === 'set-mode' ? await services.rolesOf(by, { fresh: true }) : roles;
  const denial = denialOfIntent(now, intent.kind);
  if (denial !== null) {
    return only(await refuse(services, arrived, { by, asked: intent.kind, because: denial }, denial));
  }
  switch (intent.kind) {
    case 'manual-reset':
      return only(await refuseManualReset(services, turn, intent.who, arrived));
    case 'show-case':
      return showCase(services, by, roles, intent.id, arrived);
    case 'show-log':
      return only(await showLog(services, by, roles, intent.id, arrived));
    case 'send-link':
      return only(await sendLink(services, by, intent.who, arrived));
    case 'set-mode':
      return (await arrived.record([])) ? changeMode(services, by, intent) : null;
    case 'show-mode': {
      const looked = entryOf('mode.read', { actor: by }, { mode: services.modes.current().mode });
      const first = await arrived.record([looked]);
      return once(first ? 'recorded' : 'repeated', () => showMode(services, roles.has('lead')));
    }
    default:
      return once(await note(services, arrived, []), () => answerOf(services, by, intent, roles));
  }
}

/** The intents whose answer shows no account and no case of others. */
type PlainIntent = Exclude<
  Intent,
  { kind: 'manual-reset' | 'show-case' | 'show-log' | 'show-mode' | 'send-link' | 'set-mode' }
>;

async function answerOf(
  services: TurnServices,
  by: PersonId,
  intent: PlainIntent,
  roles: ReadonlySet<Role>,
): Promise<CardMessage> {
  switch (intent.kind) {
    case 'open-case':
      return services.cards.refusal({ refusal: { code: 'nobody-named' }, at: null });
    case 'list-cases':
      return services.cards.cases(await casesOf(services, by));
    case 'help':
    case 'greeting':
      return services.cards.help([...roles]);
    case 'explain-error':
      return services.cards.portalError({ error: intent.error, query: intent.who });
    case 'unknown':
      return services.cards.refusal({ refusal: { code: 'not-understood' }, at: null });
  }
}

/** The one card of the answer, unless the message arrived before. */
async function once(noted: Noted, answer: () => Promise<CardMessage>): Promise<readonly Reply[] | null> {
  return noted === 'repeated' ? null : reply(await answer());
}

/** The lead is answered, and then the cards of all open cases are drawn again. */
async function changeMode(
  services: TurnServices,
  by: PersonId,
  { mode, reason }: Extract<Intent, { kind: 'set-mode' }>,
): Promise<readonly Reply[]> {
  const cardMessage = await setMode(services, by, mode, reason);
  return [{ cardMessage, cardOf: null, continueAt: () => services.redraws.begin() }];
}

/** Refused in every state. The caller is looked up only to record the contact; the refusal does not depend on it. */
async function refuseManualReset(
  services: TurnServices,
  turn: MessageTurn,
  who: string | null,
  arrived: Arrived,
): Promise<CardMessage | null> {
  const about = who === null ? null : await onlyMatch(services, who);
  const at = await ownOpenCase(services, turn.person, about);
  const noted = await note(services, arrived, services.limits.refusal(resetEntry(services, turn.person, about, at)));
  return noted === 'repeated' ? null : services.cards.refused({ query: who ?? '', at, recorded: noted === 'recorded' });
}

/** The open case of a technician about this caller; without a caller, the one that is open for longest. */
async function ownOpenCase(
  { ledger }: TurnServices,
  technician: PersonId,
  about: PersonId | null,
): Promise<StoredCase | null> {
  if (about === null) return (await ledger.openCases({ technician, limit: 1 }))[0] ?? null;
  const open = await ledger.openCaseOf(about);
  return open?.case.technician === technician ? open : null;
}

function resetEntry(
  { policy, runtime }: TurnServices,
  by: PersonId,
  about: PersonId | null,
  at: StoredCase | null,
): LedgerEntry {
  if (at === null) return requestRefusedEntry(by, about, 'manual-reset', 'manual-reset-never');
  const event = { kind: 'manual-reset-asked', by } as const;
  const answer = step(at.case, event, policy(), runtime.now());
  if (answer.kind !== 'refused') throw new Error('the procedure did not refuse a manual reset');
  return refusalEntry(at.case, event, answer.refusal, by);
}

/** The only person who matches as written; `null` for none or several, and when the directory fails: the refusal does not depend on it. */
async function onlyMatch(services: TurnServices, who: string): Promise<PersonId | null> {
  try {
    return certainOf(await services.directory.findPeople(who, 2))?.id ?? null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
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
  by: PersonId,
  roles: ReadonlySet<Role>,
  id: CaseId,
  arrived: Arrived,
): Promise<readonly Reply[] | null> {
  const at = await services.ledger.load(id);
  if (at === null || !maySee(by, roles, at)) {
    return only(
      await refuse(services, arrived, { by, asked: 'show-case', because: 'no-such-case', at }, 'no-such-case'),
    );
  }
  const looked = await recordLook(services, arrived, by, at, 'command');
  if (looked !== 'recorded') return only(notShown(services, looked));
  if (services.requestOffers.mayDecide(by, roles, at)) return showRequest(services, by, at);
  const cardMessage = await services.cardMessages.caseCard(services.cards, at);
  return [{ cardMessage, cardOf: at.case.technician === by ? id : null }];
}

/** An approver who opens a case that waits for one gets the request itself, and decides there. */
async function showRequest(services: TurnServices, person: PersonId, stored: StoredCase): Promise<readonly Reply[]> {
  const cardMessage = await services.cardMessages.approvalRequest(services.cards, stored);
  const shown = await services.requestOffers.shownTo(person, stored);
  return [
    {
      cardMessage,
      cardOf: null,
      continueAt: (place) => services.background.run('a request that was opened', shown(place)),
    },
  ];
}

async function showLog(
  services: TurnServices,
  by: PersonId,
  roles: ReadonlySet<Role>,
  caseId: CaseId | null,
  arrived: Arrived,
): Promise<CardMessage | null> {
  const seesAll = mayOversee(roles);
  const at = caseId === null ? null : await services.ledger.load(caseId);
  const allowed = caseId === null ? seesAll : at !== null && maySee(by, roles, at);
  if (!allowed) {
    const code = caseId === null ? 'not-an-auditor' : 'no-such-case';
    return refuse(services, arrived, { by, asked: 'show-log', because: code, at }, code);
  }
  const looked = await recordLogLook(services, arrived, by, at);
  if (looked !== 'recorded') return notShown(services, looked);
  const entries = await services.ledger.entries({ caseId, limit: ENTRIES_AT_MOST });
  const nameOf = (actor: string) => services.profiles.rememberedName(actor as PersonId);
  return services.cards.log({ entries, nameOf, now: services.runtime.now(), timeZone: services.timeZone });
}

function notShown({ cards }: TurnServices, looked: Exclude<Looked, 'recorded'>): CardMessage | null {
  return looked === 'repeated' ? null : cards.refusal({ refusal: { code: 'too-fast' }, at: null });
}

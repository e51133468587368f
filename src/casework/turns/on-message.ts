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
import type { CardMessage } from '../ports/messenger.ts';
import type { Reply, MessageTurn } from '../ports/turn.ts';
import { denialOfIntent, mayOversee, maySee } from './access.ts';
import { openAbout, reply, type Asked } from './opening.ts';

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
  if (intent.kind === 'open-case' && intent.who !== null && denialOfIntent(roles, 'open-case') === null) {
    return openAbout(services, turn.person, intent.who, asked);
  }
  if (!(await asked.arrived.record([]))) return null;
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

/** The only person who matches as written; `null` for none or several, and when the directory fails: the refusal does not depend on it. */
async function onlyMatch(services: TurnServices, who: string): Promise<PersonId | null> {
  try {
    const people = await services.directory.findPeople(who, 2);
    return people.length === 1 && people[0]?.match === 'as-written' ? people[0].id : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

async function sendLink(services: TurnServices, technician: PersonId, who: string | null): Promise<CardMessage> {
  if (who === null) return services.cards.refusal({ refusal: { code: 'nobody-named' }, at: null });
  const [first, ...others] = await services.directory.findPeople(who, 2);
  if (first === undefined) return services.cards.callerNotFound(who);
  if (others.length > 0 || first.match === 'similar') {
    return services.cards.refusal({ refusal: { code: 'several-match' }, at: null });
  }
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

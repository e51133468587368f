/**
 * Answers a click on a button: parses it, checks the roles of the person who clicked, and takes at most one step of the procedure.
 * Button data is untrusted: the stored case decides.
 */
import type { ConfirmationView, RefusalView } from '../ports/card-views.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { rowOf, type Role } from '../../procedure/actions.ts';
import type { CardAction } from '../../intents/card-action.ts';
import { readAction } from '../../intents/read-action.ts';
import { advance, advanceLatest, type Advance } from '../steps/advance.ts';
import { closedRequest, stillAsks } from '../outbox/closed-requests.ts';
import type { TurnServices } from '../services.ts';
import { recordObjection, registeredWithPass } from '../steps/objections.ts';
import { readFacts } from '../steps/read-facts.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { ClickAnswer, ActionTurn, Reply } from '../ports/turn.ts';
import { denialOfAction, maySee } from './access.ts';
import { eventOf, type CaseAction } from './action-event.ts';
import { arrivedByClick } from './arrivals.ts';
import {
  caseCard,
  denied,
  keepCard,
  latestOf,
  lookAtCase,
  pressedTooLate,
  refuseClick,
  refused,
} from './click-answers.ts';
import { issue, issuedBefore } from './on-issue.ts';
import { takeBackAndShow } from './mode-commands.ts';
import { openAbout, openPicked, reply } from './opening.ts';

/** Whether a button opens a case. Its answer is of use later, too: the card comes where the button was. */
export function isOpening(verb: string): boolean {
  return verb === 'open-lockout' || verb === 'pick-caller';
}

/** Opens a case, or says why not. */
export async function onOpening(
  services: TurnServices,
  turn: ActionTurn,
  roles: ReadonlySet<Role>,
): Promise<readonly Reply[] | null> {
  const admission = await admit(services, turn, roles);
  if (admission.kind === 'denied') return reply(admission.answer.cardMessage);
  const { action } = admission;
  const arrived = arrivedByClick(services);
  if (action.kind === 'open-lockout') {
    return openAbout(services, turn.person, action.query, { ahead: null, arrived });
  }
  if (action.kind === 'pick-caller') return openPicked(services, turn.person, action.caller, arrived);
  throw new Error(`${action.kind} opens no case`);
}

/** Answers any other click. Only the person who clicked sees the answer. */
export async function onAction(
  services: TurnServices,
  turn: ActionTurn,
  roles: ReadonlySet<Role>,
): Promise<ClickAnswer> {
  const admission = await admit(services, turn, roles);
  if (admission.kind === 'denied') return admission.answer;
  const { action } = admission;
  switch (action.kind) {
    case 'open-lockout':
    case 'pick-caller':
      throw new Error(`${action.kind} opens a case`);
    case 'show-case': {
      const stored = await services.ledger.load(action.caseId);
      if (stored === null || !maySee(turn.person, roles, stored)) {
        return refuseAccess(services, turn.person, action, { code: 'no-such-case' }, stored);
      }
      return lookAtCase(services, turn.person, stored, 'button');
    }
    case 'take-back-passes':
      return { kind: 'show', cardMessage: await takeBackAndShow(services, turn.person) };
    default:
      return onCase(services, turn, action, roles);
  }
}

type Admission =
  | { readonly kind: 'admitted'; readonly action: CardAction }
  | { readonly kind: 'denied'; readonly answer: Extract<ClickAnswer, { kind: 'show' }> };

/** Parses the click and checks the roles. A denial is recorded. */
async function admit(services: TurnServices, turn: ActionTurn, roles: ReadonlySet<Role>): Promise<Admission> {
  const action = readAction(turn.verb, turn.data);
  if (action.kind === 'forged') {
    const refused = { by: turn.person, asked: 'button', because: action.reason };
    return { kind: 'denied', answer: await refuseClick(services, refused, { code: 'button-not-understood' }) };
  }
  const denial = denialOfAction(roles, action.kind);
  if (denial === null) return { kind: 'admitted', action };
  return { kind: 'denied', answer: await refuseAccess(services, turn.person, action, { code: denial }) };
}

async function onCase(
  services: TurnServices,
  turn: ActionTurn,
  action: CaseAction,
  roles: ReadonlySet<Role>,
): Promise<ClickAnswer> {
  const stored = await services.ledger.load(action.caseId);
  if (stored === null) return noSuchCase(services, turn.person, action);
  const own = stored.case.technician === turn.person;
  if (rowOf(action.kind).actor === 'case-technician') {
    if (!own) return refuseAccess(services, turn.person, action, { code: 'not-your-case' }, stored);
    // An outdated card, or a second click: nothing happens, and the card shows the current state of the case. Bad news is still news.
    if (action.version !== stored.version && !(isBadNews(action) && action.version < stored.version)) {
      return action.kind === 'issue-pass'
        ? issuedBefore(services, turn.person, stored, action.version)
        : pressedTooLate(services, turn.person, stored, { asked: action.kind, shown: action.version });
    }
  }
  if (action.kind === 'pass-read-out') return passReadOut(services, turn.person, action, stored);
  if (own && action.kind !== 'issue-pass') await services.outbox.release(stored.case.id);
  if (action.kind === 'issue-pass') {
    if (turn.canShowPass) return issue(services, turn, stored);
    return refuseAccess(services, turn.person, action, { code: 'pass-cannot-be-shown-here' }, stored);
  }
  if (action.kind === 'not-me') {
    const refusal = await recordObjection(services, stored, turn.person, services.deadline);
    if (refusal !== null) return refused(services, refusal);
    const leftBehind = turn.person === stored.case.caller ? await registeredWithPass(services, stored) : null;
    return confirmed(services, action, leftBehind);
  }
  const { technician, caller, id } = stored.case;
  const { deadline } = services;
  const stepFrom = async (from: StoredCase): Promise<Advance> => {
    const { event, remark } = await eventOf(action, {
      stored: from,
      by: turn.person,
      roles,
      readFacts: () =>
        readFacts(services.opening, { technician, caller, caseId: id, deadline, ...(!own && { by: 'hardline' }) }),
    });
    return isBadNews(action) || action.kind === 'manager-answer'
      ? advanceLatest(services.issuing, from, event, turn.person, { remark })
      : advance(services.issuing, from, event, turn.person, { remark });
  };
  let result = await stepFrom(stored);
  // Two second persons can press at the same instant. Whoever lost the race decides on the case as it is now: everything is checked
  // again, also that their card showed this very pass.
  for (let tries = 1; result.kind === 'stale' && action.kind === 'decide-approval' && tries < TRIES; tries += 1) {
    result = await stepFrom(await latestOf(services, stored));
  }
  switch (result.kind) {
    case 'stale': {
      const latest = await latestOf(services, stored);
      const lost = { asked: action.kind, shown: action.version };
      if (own) return pressedTooLate(services, turn.person, latest, lost);
      await refuseAccess(services, turn.person, action, { code: 'already-handled' }, latest);
      return tooLate(services, action, latest, turn.person);
    }
    case 'refused':
      if (!own && result.refusal.code === 'not-in-this-state') return tooLate(services, action, stored, turn.person);
      if (result.refusal.code === 'callback-too-quick') return keepCard(services, result.refusal);
      return refused(services, result.refusal, own ? stored : null, result.recorded);
    case 'unchanged':
    case 'moved':
      services.runCase.later(result.stored, result.intended);
      return own ? caseCard(services, result.stored) : confirmed(services, action);
  }
}

/** How often a decision of a second person is taken again when another one came first. */
const TRIES = 5;

/** A "no" counts whatever became of the case since: it is applied to the case as it is now. */
function isBadNews(action: CaseAction): boolean {
  if (action.kind === 'record-callback') return action.outcome === 'answered-by-someone-else';
  return action.kind === 'decide-approval' && !action.approved;
}

/** The technician read the pass out, so it is taken off the card. */
async function passReadOut(
  services: TurnServices,
  by: PersonId,
  action: CaseAction,
  stored: StoredCase,
): Promise<ClickAnswer> {
  const { id, caller, state } = stored.case;
  if (!isAt(stored.case, 'awaiting-backup-method')) {
    return refuseAccess(services, by, action, { code: 'not-in-this-state' }, stored);
  }
  const entry = entryOf('case.pass-read-out', { actor: by, about: caller, caseId: id }, { in: state.kind });
  await services.ledger.record([entry], services.runtime.now());
  await services.outbox.release(id);
  void services.outbox.refreshCard(id);
  return caseCard(services, stored);
}

/** The case does not exist. For buttons that anybody can try, the refusal is the same as for somebody else's case. */
async function noSuchCase(services: TurnServices, by: PersonId, action: CaseAction): Promise<ClickAnswer> {
  const { actor } = rowOf(action.kind);
  if (actor !== 'account-owner' && actor !== 'manager')
    return refuseAccess(services, by, action, { code: 'no-such-case' });
  const refusal = actor === 'manager' ? 'not-the-manager' : 'not-the-owner';
  return refuseClick(services, { by, asked: action.kind, because: 'no-such-case' }, { code: refusal });
}

/** Somebody else answered first, or the time is over. Whoever was asked sees how the request ended. */
async function tooLate(
  services: TurnServices,
  action: CaseAction,
  before: StoredCase,
  by: PersonId,
): Promise<ClickAnswer> {
  const latest = await latestOf(services, before);
  const purpose = rowOf(action.kind).actor === 'approver' ? 'approval' : 'manager-question';
  const { manager } = latest.case.facts;
  const wasAsked = purpose === 'approval' ? by !== latest.case.caller : manager.kind === 'read' && manager.value === by;
  if (!wasAsked && purpose === 'manager-question') return refused(services, { code: 'not-the-manager' });
  if (!wasAsked || stillAsks(latest, purpose)) return denied(services, 'already-handled');
  return {
    kind: 'show',
    cardMessage: services.cards.requestClosed(await closedRequest(services, latest, purpose, services.deadline)),
  };
}

function confirmed(
  services: TurnServices,
  action: CaseAction,
  leftBehind: ConfirmationView['leftBehind'] = null,
): ClickAnswer {
  const code = rowOf(action.kind).confirmation;
  if (code === null)
    throw new Error(`${action.kind} has no confirmation, and was pressed by somebody outside the case`);
  return { kind: 'show', cardMessage: services.cards.confirmation({ code, at: null, leftBehind }) };
}

/** Records that a click was refused, and says why. */
function refuseAccess(
  services: TurnServices,
  by: PersonId,
  action: CardAction,
  refusal: RefusalView['refusal'],
  at: StoredCase | null = null,
): ReturnType<typeof refuseClick> {
  return refuseClick(services, { by, asked: action.kind, because: refusal.code, at }, refusal);
}

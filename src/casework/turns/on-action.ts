/**
 * Somebody pressed a button: read it, doubt it, check who they are now, and take at most one step.
 * The one rule kept here: a button carries a wish, never a decision; the case as it stands in the ledger decides.
 */
import type { AccessDenial, ConfirmationCode } from '../ports/card-views.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { readAction } from '../../intents/read-action.ts';
import type { OnCase, CardAction } from '../../intents/card-action.ts';
import { advance } from '../steps/advance.ts';
import { closedRequest, stillAsks } from '../outbox/closed-requests.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import { denialFor, type Services } from '../services.ts';
import { issuePass } from '../steps/issue-pass.ts';
import { recordObjection } from '../steps/objections.ts';
import { readFacts } from '../steps/open-case.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { maySee, openAbout, openFor } from './on-message.ts';
import { subjectDigest } from '../steps/approval-digest.ts';
import type { ClickAnswer, ActionTurn, Reply } from '../ports/turn.ts';
import { mayDo, type Role } from './access.ts';

type CasePress = Extract<CardAction, OnCase>;

/** Buttons on cards that other people than the technician hold; their version is older than the case, and that is fine. */
const HELD_BY_OTHERS: ReadonlySet<CardAction['kind']> = new Set(['not-me', 'manager-answer', 'decide-approval']);

/** What people outside the case read after their click. */
const CONFIRMATIONS: Readonly<Partial<Record<CardAction['kind'], ConfirmationCode>>> = {
  'manager-answer': 'manager-answer-taken',
  'decide-approval': 'decision-taken',
};

/** Answers a click. The answer goes to the clicker alone. */
export async function onAction(services: Services, turn: ActionTurn, roles: ReadonlySet<Role>): Promise<ClickAnswer> {
  const press = readAction(turn.verb, turn.data);
  if (press.kind === 'forged') {
    await services.ledger.record(
      [requestRefusedEntry(turn.person, null, 'button', press.reason)],
      services.runtime.now(),
    );
    return no(services, 'button-not-understood');
  }
  const now = press.kind === 'decide-approval' ? await services.rolesOf(turn.person, { fresh: true }) : roles;
  if (!mayDo(now, press.kind)) {
    await services.ledger.record(
      [requestRefusedEntry(turn.person, null, press.kind, denialFor(press.kind))],
      services.runtime.now(),
    );
    return no(services, denialFor(press.kind));
  }
  switch (press.kind) {
    case 'open-lockout':
      return bindCardToCase(services, turn, await openAbout(services, turn.person, press.query));
    case 'pick-caller':
      return bindCardToCase(services, turn, await openFor(services, turn.person, press.caller));
    case 'show-case': {
      const stored = await services.ledger.load(press.caseId);
      if (stored === null || !maySee(turn.person, roles, stored)) return no(services, 'no-such-case');
      return { show: await services.cardMessages.caseCard(stored) };
    }
    default:
      return onCase(services, turn, press);
  }
}

/** The card that opened the case becomes its card: it is updated in place from now on. */
async function bindCardToCase(services: Services, turn: ActionTurn, replies: readonly Reply[]): Promise<ClickAnswer> {
  const [reply] = replies;
  if (reply === undefined) throw new Error('a press was answered with nothing');
  if (reply.cardOf !== null && turn.card !== null) {
    await services.ledger.rememberCard(reply.cardOf, turn.card);
    await services.outbox.refreshCard(reply.cardOf); // before the answer: an edit that came later would cover it
  }
  return { show: reply.cardMessage };
}

async function onCase(services: Services, turn: ActionTurn, press: CasePress): Promise<ClickAnswer> {
  const stored = await services.ledger.load(press.caseId);
  if (stored === null) return noSuchCase(services, turn.person, press);
  const own = stored.case.technician === turn.person;
  if (!HELD_BY_OTHERS.has(press.kind)) {
    if (!own) {
      const entry = requestRefusedEntry(turn.person, stored.case.caller, press.kind, 'not-your-case');
      await services.ledger.record([entry], services.runtime.now());
      return { show: services.cards.refusal({ refusal: { code: 'not-your-case', stops: [] }, at: null }) };
    }
    // An old card, or a second click: nothing happens, and the card shows where the case is now.
    if (press.version !== stored.version) return outdated(services, press, stored);
  }
  if (press.kind === 'pass-read-out') {
    services.outbox.release(stored.case.id);
    await services.outbox.refreshCard(stored.case.id);
    return { show: await services.cardMessages.caseCard(stored) };
  }
  if (own && press.kind !== 'issue-pass') services.outbox.release(stored.case.id);
  if (press.kind === 'issue-pass' && !turn.canShowPass) return no(services, 'pass-cannot-be-shown-here');
  if (press.kind === 'issue-pass') return issue(services, turn, press, stored);
  if (press.kind === 'not-me') return objected(services, stored, turn.person);
  const event = await eventOf(services, press, stored, turn.person);
  const remark = press.kind === 'decide-approval' && press.reason !== '' ? press.reason : null;
  const result = await advance(services.issuing, stored, event, turn.person, remark);
  switch (result.kind) {
    case 'stale':
      return own ? current(services, stored) : tooLate(services, press, stored, turn.person);
    case 'refused':
      if (!own && result.refusal.code === 'not-in-this-state') return tooLate(services, press, stored, turn.person);
      return { show: services.cards.refusal({ refusal: result.refusal, at: own ? stored : null }) };
    case 'unchanged':
    case 'moved':
      services.runCase.later(result.stored, result.intended);
      return own
        ? { show: await services.cardMessages.caseCard(result.stored) }
        : { show: services.cards.confirmation({ code: CONFIRMATIONS[press.kind] ?? 'decision-taken', at: null }) };
  }
}

/** A second click on *Issue* must not cover the pass that the first one brought. */
async function outdated(services: Services, press: CasePress, stored: StoredCase): Promise<ClickAnswer> {
  if (press.kind === 'issue-pass' && (isAt(stored.case, 'issuing') || services.outbox.isHeld(stored.case.id))) {
    return { keepCard: services.cards.refusal({ refusal: { code: 'pass-already-shown' }, at: null }) };
  }
  return { show: await services.cardMessages.caseCard(stored) };
}

/** Roles and facts are read afresh for this one click. */
async function issue(services: Services, turn: ActionTurn, press: CasePress, stored: StoredCase): Promise<ClickAnswer> {
  const roles = await services.rolesOf(turn.person, { fresh: true });
  if (!mayDo(roles, 'issue-pass')) {
    const entry = requestRefusedEntry(turn.person, stored.case.caller, 'issue-pass', 'not-a-technician');
    await services.ledger.record([entry], services.runtime.now());
    return no(services, 'not-a-technician');
  }
  const issued = await issuePass(services.issuing, stored, turn.person);
  switch (issued.kind) {
    case 'shown':
      return { showPass: await services.cardMessages.pass(issued.stored, issued.secret) };
    case 'not-shown':
      return { show: await services.cardMessages.caseCard(issued.stored) };
    case 'refused':
      return { show: services.cards.refusal({ refusal: issued.refusal, at: stored }) };
    case 'stale':
      return outdated(services, press, (await services.ledger.load(stored.case.id)) ?? stored);
  }
}

/** Buttons anybody may try: a case that is not there is refused in the words of one that is somebody else's. */
async function noSuchCase(services: Services, by: PersonId, press: CasePress): Promise<ClickAnswer> {
  if (press.kind !== 'not-me' && press.kind !== 'manager-answer') return no(services, 'no-such-case');
  await services.ledger.record([requestRefusedEntry(by, null, press.kind, 'no-such-case')], services.runtime.now());
  return notForYou(services, press.kind === 'not-me' ? 'not-the-owner' : 'not-the-manager');
}

function notForYou(services: Services, code: 'not-the-owner' | 'not-the-manager'): ClickAnswer {
  return { show: services.cards.refusal({ refusal: { code, stops: [] }, at: null }) };
}

async function objected(services: Services, stored: StoredCase, by: PersonId): Promise<ClickAnswer> {
  const objection = await recordObjection(services, stored, by);
  return objection === null
    ? { show: services.cards.confirmation({ code: 'objection-taken', at: null }) }
    : { show: services.cards.refusal({ refusal: objection, at: null }) };
}

async function current(services: Services, before: StoredCase): Promise<ClickAnswer> {
  const latest = (await services.ledger.load(before.case.id)) ?? before;
  return { show: await services.cardMessages.caseCard(latest) };
}

/** Somebody else answered first, or the time is over. Whoever was asked reads what became of the request. */
async function tooLate(services: Services, press: CasePress, before: StoredCase, by: PersonId): Promise<ClickAnswer> {
  const latest = (await services.ledger.load(before.case.id)) ?? before;
  const purpose = press.kind === 'decide-approval' ? 'approval' : 'manager-question';
  const { manager } = latest.case.facts;
  const wasAsked = purpose === 'approval' ? by !== latest.case.caller : manager.kind === 'read' && manager.value === by;
  if (!wasAsked && purpose === 'manager-question') return notForYou(services, 'not-the-manager');
  if (!wasAsked || stillAsks(latest, purpose)) return no(services, 'already-handled');
  return { show: await closedRequest(services, latest, purpose) };
}

/** The press as an event of the procedure, in the words of the table. */
async function eventOf(
  services: Services,
  press: Exclude<CasePress, { kind: 'issue-pass' | 'pass-read-out' | 'not-me' }>,
  stored: StoredCase,
  by: PersonId,
): Promise<CaseEvent> {
  switch (press.kind) {
    case 'tick-methods':
      return { kind: 'methods-ticked', by, atHand: press.atHand };
    case 'go-back':
      return { kind: 'went-back', by };
    case 'choose-callback':
      return { kind: 'callback-chosen', by, numberRef: press.numberRef };
    case 'record-callback':
      return { kind: 'callback-recorded', by, outcome: press.outcome };
    case 'seen-in-person':
      return { kind: 'seen-in-person', by, place: press.place };
    case 'ask-manager':
      return { kind: 'manager-asked', by };
    case 'manager-answer':
      return { kind: 'manager-answered', by, speakingNow: press.speakingNow };
    case 'decide-approval': {
      const subject = isAt(stored.case, 'awaiting-approval') ? stored.case.state.subject : '';
      const same = subjectDigest(subject) === press.subject;
      const { approved, reason } = press;
      return { kind: 'approval-decided', by, approved, subject: same ? subject : '', reasonGiven: reason !== '' };
    }
    case 'withdraw-pass':
      return { kind: 'withdraw-pressed', by };
    case 'escalate':
      return { kind: 'escalated', by, because: press.because };
    case 'abandon':
      return { kind: 'abandoned', by, because: press.because };
    case 'done':
      return { kind: 'done-pressed', by };
    case 'read-again': {
      const facts = await readFacts(services.opening, by, stored.case.caller, stored.case.id);
      return { kind: 'snapshot-read-again', by, facts };
    }
  }
}

function no(services: Services, code: AccessDenial): ClickAnswer {
  const cardMessage: CardMessage = services.cards.refusal({ refusal: { code }, at: null });
  return { show: cardMessage };
}

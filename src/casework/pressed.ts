/**
 * Somebody pressed a button: read it, doubt it, check who they are now, and take at most one step.
 * The one rule kept here: a button carries a wish, never a decision; the case as it stands in the ledger decides.
 */
import type { DoorCode, ToldCode } from '../cards/view.ts';
import type { CaseEvent } from '../procedure/events.ts';
import type { PersonId } from '../procedure/facts.ts';
import { isAt } from '../procedure/lockout.ts';
import { readPress } from '../intents/pressed.ts';
import type { OnCase, Press } from '../intents/press.ts';
import { advance } from './advance.ts';
import { closedRequest, stillAsks } from './closed-requests.ts';
import { requestRefusedEntry } from './entries.ts';
import { doorFor, type House } from './house.ts';
import { issuePass } from './issue.ts';
import { object } from './objection.ts';
import { readFacts } from './open-case.ts';
import type { Letter, StoredCase } from './ports.ts';
import { maySee, openAbout, openFor } from './said.ts';
import { subjectDigest } from './subject.ts';
import type { ClickAnswer, PressedTurn, Reply } from './turn.ts';
import { mayDo, type Role } from './who-may.ts';

type CasePress = Extract<Press, OnCase>;

/** Buttons on cards that other people than the technician hold; their version is older than the case, and that is fine. */
const HELD_BY_OTHERS: ReadonlySet<Press['kind']> = new Set(['not-me', 'manager-answer', 'decide-approval']);

/** What people outside the case read after their click. */
const TAKEN: Readonly<Partial<Record<Press['kind'], ToldCode>>> = {
  'manager-answer': 'manager-answer-taken',
  'decide-approval': 'decision-taken',
};

/** Answers a click. The answer goes to the clicker alone. */
export async function pressed(house: House, turn: PressedTurn, roles: ReadonlySet<Role>): Promise<ClickAnswer> {
  const press = readPress(turn.verb, turn.data);
  if (press.kind === 'forged') {
    await house.ledger.record([requestRefusedEntry(turn.person, null, 'button', press.reason)], house.around.now());
    return no(house, 'button-not-understood');
  }
  const now = press.kind === 'decide-approval' ? await house.whoMay(turn.person, { fresh: true }) : roles;
  if (!mayDo(now, press.kind)) {
    await house.ledger.record(
      [requestRefusedEntry(turn.person, null, press.kind, doorFor(press.kind))],
      house.around.now(),
    );
    return no(house, doorFor(press.kind));
  }
  switch (press.kind) {
    case 'open-lockout':
      return adopt(house, turn, await openAbout(house, turn.person, press.query));
    case 'pick-caller':
      return adopt(house, turn, await openFor(house, turn.person, press.caller));
    case 'show-case': {
      const stored = await house.ledger.load(press.caseId);
      if (stored === null || !maySee(turn.person, roles, stored)) return no(house, 'no-such-case');
      return { show: await house.letters.caseCard(stored) };
    }
    default:
      return onCase(house, turn, press);
  }
}

/** The card that opened the case becomes its card: it is updated in place from now on. */
async function adopt(house: House, turn: PressedTurn, replies: readonly Reply[]): Promise<ClickAnswer> {
  const [reply] = replies;
  if (reply === undefined) throw new Error('a press was answered with nothing');
  if (reply.cardOf !== null && turn.card !== null) {
    await house.ledger.rememberCard(reply.cardOf, turn.card);
    await house.post.refreshCard(reply.cardOf); // before the answer: an edit that came later would cover it
  }
  return { show: reply.letter };
}

async function onCase(house: House, turn: PressedTurn, press: CasePress): Promise<ClickAnswer> {
  const stored = await house.ledger.load(press.caseId);
  if (stored === null) return noSuchCase(house, turn.person, press);
  const own = stored.case.technician === turn.person;
  if (!HELD_BY_OTHERS.has(press.kind)) {
    if (!own) {
      const entry = requestRefusedEntry(turn.person, stored.case.caller, press.kind, 'not-your-case');
      await house.ledger.record([entry], house.around.now());
      return { show: house.cards.refusal({ refusal: { code: 'not-your-case', stops: [] }, at: null }) };
    }
    // An old card, or a second click: nothing happens, and the card shows where the case is now.
    if (press.version !== stored.version) return outdated(house, press, stored);
  }
  if (press.kind === 'pass-read-out') {
    house.post.release(stored.case.id);
    await house.post.refreshCard(stored.case.id);
    return { show: await house.letters.caseCard(stored) };
  }
  if (own && press.kind !== 'issue-pass') house.post.release(stored.case.id);
  if (press.kind === 'issue-pass' && !turn.canShowPass) return no(house, 'pass-cannot-be-shown-here');
  if (press.kind === 'issue-pass') return issue(house, turn, press, stored);
  if (press.kind === 'not-me') return objected(house, stored, turn.person);
  const event = await eventOf(house, press, stored, turn.person);
  const remark = press.kind === 'decide-approval' && press.reason !== '' ? press.reason : null;
  const result = await advance(house.issuing, stored, event, turn.person, remark);
  switch (result.kind) {
    case 'stale':
      return own ? current(house, stored) : tooLate(house, press, stored, turn.person);
    case 'refused':
      if (!own && result.refusal.code === 'not-in-this-state') return tooLate(house, press, stored, turn.person);
      return { show: house.cards.refusal({ refusal: result.refusal, at: own ? stored : null }) };
    case 'unchanged':
    case 'moved':
      house.runCase.later(result.stored, result.intended);
      return own
        ? { show: await house.letters.caseCard(result.stored) }
        : { show: house.cards.told({ code: TAKEN[press.kind] ?? 'decision-taken', at: null }) };
  }
}

/** A second click on *Issue* must not cover the pass that the first one brought. */
async function outdated(house: House, press: CasePress, stored: StoredCase): Promise<ClickAnswer> {
  if (press.kind === 'issue-pass' && (isAt(stored.case, 'issuing') || house.post.isHeld(stored.case.id))) {
    return { keepCard: house.cards.refusal({ refusal: { code: 'pass-already-shown' }, at: null }) };
  }
  return { show: await house.letters.caseCard(stored) };
}

/** Roles and facts are read afresh for this one click. */
async function issue(house: House, turn: PressedTurn, press: CasePress, stored: StoredCase): Promise<ClickAnswer> {
  const roles = await house.whoMay(turn.person, { fresh: true });
  if (!mayDo(roles, 'issue-pass')) {
    const entry = requestRefusedEntry(turn.person, stored.case.caller, 'issue-pass', 'not-a-technician');
    await house.ledger.record([entry], house.around.now());
    return no(house, 'not-a-technician');
  }
  const issued = await issuePass(house.issuing, stored, turn.person);
  switch (issued.kind) {
    case 'shown':
      return { showPass: await house.letters.pass(issued.stored, issued.secret) };
    case 'not-shown':
      return { show: await house.letters.caseCard(issued.stored) };
    case 'refused':
      return { show: house.cards.refusal({ refusal: issued.refusal, at: stored }) };
    case 'stale':
      return outdated(house, press, (await house.ledger.load(stored.case.id)) ?? stored);
  }
}

/** Buttons anybody may try: a case that is not there is refused in the words of one that is somebody else's. */
async function noSuchCase(house: House, by: PersonId, press: CasePress): Promise<ClickAnswer> {
  if (press.kind !== 'not-me' && press.kind !== 'manager-answer') return no(house, 'no-such-case');
  await house.ledger.record([requestRefusedEntry(by, null, press.kind, 'no-such-case')], house.around.now());
  return notForYou(house, press.kind === 'not-me' ? 'not-the-owner' : 'not-the-manager');
}

function notForYou(house: House, code: 'not-the-owner' | 'not-the-manager'): ClickAnswer {
  return { show: house.cards.refusal({ refusal: { code, stops: [] }, at: null }) };
}

async function objected(house: House, stored: StoredCase, by: PersonId): Promise<ClickAnswer> {
  const objection = await object(house, stored, by);
  return objection === null
    ? { show: house.cards.told({ code: 'objection-taken', at: null }) }
    : { show: house.cards.refusal({ refusal: objection, at: null }) };
}

async function current(house: House, before: StoredCase): Promise<ClickAnswer> {
  const latest = (await house.ledger.load(before.case.id)) ?? before;
  return { show: await house.letters.caseCard(latest) };
}

/** Somebody else answered first, or the time is over. Whoever was asked reads what became of the request. */
async function tooLate(house: House, press: CasePress, before: StoredCase, by: PersonId): Promise<ClickAnswer> {
  const latest = (await house.ledger.load(before.case.id)) ?? before;
  const purpose = press.kind === 'decide-approval' ? 'approval' : 'manager-question';
  const { manager } = latest.case.facts;
  const wasAsked = purpose === 'approval' ? by !== latest.case.caller : manager.kind === 'read' && manager.value === by;
  if (!wasAsked && purpose === 'manager-question') return notForYou(house, 'not-the-manager');
  if (!wasAsked || stillAsks(latest, purpose)) return no(house, 'already-handled');
  return { show: await closedRequest(house, latest, purpose) };
}

/** The press as an event of the procedure, in the words of the table. */
async function eventOf(
  house: House,
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
      const facts = await readFacts(house.opening, by, stored.case.caller, stored.case.id);
      return { kind: 'picture-read-again', by, facts };
    }
  }
}

function no(house: House, code: DoorCode): ClickAnswer {
  const letter: Letter = house.cards.refusal({ refusal: { code }, at: null });
  return { show: letter };
}

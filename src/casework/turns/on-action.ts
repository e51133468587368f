/**
 * Answers a click on a button: parses it, checks the roles of the person who clicked, and takes at most one step of the procedure.
 * Button data is untrusted: the stored case decides.
 */
import type { AccessDenial } from '../ports/card-views.ts';
import type { PersonId } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { rowOf, type Role } from '../../procedure/actions.ts';
import type { Refusal } from '../../procedure/case.ts';
import { readAction } from '../../intents/read-action.ts';
import { advance } from '../steps/advance.ts';
import { closedRequest, stillAsks } from '../outbox/closed-requests.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import type { TurnServices } from '../services.ts';
import { issuePass } from '../steps/issue-pass.ts';
import { recordObjection } from '../steps/objections.ts';
import { readFacts } from '../steps/read-facts.ts';
import type { StoredCase } from '../ports/ledger.ts';
import { openAbout, openFor } from './on-message.ts';
import type { ClickAnswer, ActionTurn, Reply } from '../ports/turn.ts';
import { denialOfAction, maySee } from './access.ts';
import { eventOf, type CaseAction } from './action-event.ts';

/** Answers a click. Only the person who clicked sees the answer. */
export async function onAction(
  services: TurnServices,
  turn: ActionTurn,
  roles: ReadonlySet<Role>,
): Promise<ClickAnswer> {
  const action = readAction(turn.verb, turn.data);
  if (action.kind === 'forged') {
    await refuseAccess(services, turn.person, null, 'button', action.reason);
    return denied(services, 'button-not-understood');
  }
  // An approver's roles are read again before they decide. For the other buttons here, cached roles are good enough.
  const now = rowOf(action.kind).actor === 'approver' ? await services.rolesOf(turn.person, { fresh: true }) : roles;
  const denial = denialOfAction(now, action.kind);
  if (denial !== null) {
    await refuseAccess(services, turn.person, null, action.kind, denial);
    return denied(services, denial);
  }
  switch (action.kind) {
    case 'open-lockout':
      return bindCardToCase(
        services,
        turn,
        await openAbout(services, turn.person, action.query, { ahead: null, arrival: null }),
      );
    case 'pick-caller':
      return bindCardToCase(services, turn, await openFor(services, turn.person, action.caller, null));
    case 'show-case': {
      const stored = await services.ledger.load(action.caseId);
      if (stored === null || !maySee(turn.person, roles, stored)) return denied(services, 'no-such-case');
      return caseCard(services, stored);
    }
    default:
      return onCase(services, turn, action);
  }
}

/** The card with the button becomes the card of the new case, and is updated in place from now on. */
async function bindCardToCase(
  services: TurnServices,
  turn: ActionTurn,
  replies: readonly Reply[] | null,
): Promise<ClickAnswer> {
  const [reply] = replies ?? [];
  if (reply === undefined) throw new Error('a click was answered with nothing');
  if (reply.cardOf !== null && turn.card !== null) {
    await services.ledger.rememberCard(reply.cardOf, turn.card);
    await services.outbox.refreshCard(reply.cardOf); // before the answer, because a later edit would replace it
  }
  return { kind: 'show', cardMessage: reply.cardMessage };
}

async function onCase(services: TurnServices, turn: ActionTurn, action: CaseAction): Promise<ClickAnswer> {
  const stored = await services.ledger.load(action.caseId);
  if (stored === null) return noSuchCase(services, turn.person, action);
  const own = stored.case.technician === turn.person;
  if (rowOf(action.kind).actor === 'case-technician') {
    if (!own) {
      await refuseAccess(services, turn.person, stored.case.caller, action.kind, 'not-your-case');
      return refused(services, { code: 'not-your-case' });
    }
    // An outdated card, or a second click: nothing happens, and the card shows the current state of the case.
    if (action.version !== stored.version) return outdated(services, action, stored);
  }
  if (action.kind === 'pass-read-out') {
    await services.outbox.release(stored.case.id);
    await services.outbox.refreshCard(stored.case.id);
    return caseCard(services, stored);
  }
  if (own && action.kind !== 'issue-pass') await services.outbox.release(stored.case.id);
  if (action.kind === 'issue-pass') {
    return turn.canShowPass ? issue(services, turn, action, stored) : denied(services, 'pass-cannot-be-shown-here');
  }
  if (action.kind === 'not-me') {
    const refusal = await recordObjection(services, stored, turn.person);
    return refusal === null ? confirmed(services, action) : refused(services, refusal);
  }
  const { event, remark } = await eventOf(action, {
    stored,
    by: turn.person,
    readFacts: () => readFacts(services.opening, turn.person, stored.case.caller, stored.case.id),
  });
  const result = await advance(services.issuing, stored, event, turn.person, { remark });
  switch (result.kind) {
    case 'stale':
      return own
        ? caseCard(services, await latestOf(services, stored))
        : tooLate(services, action, stored, turn.person);
    case 'refused':
      if (!own && result.refusal.code === 'not-in-this-state') return tooLate(services, action, stored, turn.person);
      return refused(services, result.refusal, own ? stored : null);
    case 'unchanged':
    case 'moved':
      services.runCase.later(result.stored, result.intended);
      return own ? caseCard(services, result.stored) : confirmed(services, action);
  }
}

/** A second click on *Issue* must not replace the pass that the first one shows. */
async function outdated(services: TurnServices, action: CaseAction, stored: StoredCase): Promise<ClickAnswer> {
  const { id } = stored.case;
  if (action.kind === 'issue-pass' && (isAt(stored.case, 'issuing') || (await services.outbox.isHeld(id)))) {
    const cardMessage = services.cards.refusal({ refusal: { code: 'pass-already-shown' }, at: null });
    return { kind: 'keep-card', cardMessage };
  }
  return caseCard(services, stored);
}

/** Issues the pass. Roles and facts are read again for this click. */
async function issue(
  services: TurnServices,
  turn: ActionTurn,
  action: CaseAction,
  stored: StoredCase,
): Promise<ClickAnswer> {
  const denial = denialOfAction(await services.rolesOf(turn.person, { fresh: true }), 'issue-pass');
  if (denial !== null) {
    await refuseAccess(services, turn.person, stored.case.caller, 'issue-pass', denial);
    return denied(services, denial);
  }
  const issued = await issuePass(services.issuing, stored, turn.person);
  switch (issued.kind) {
    case 'shown':
      return {
        kind: 'show-pass',
        passCard: await services.cardMessages.pass(services.cards, issued.stored, issued.secret),
      };
    case 'not-shown':
      return caseCard(services, issued.stored);
    case 'refused':
      return refused(services, issued.refusal, issued.stored);
    case 'stale':
      return outdated(services, action, await latestOf(services, stored));
  }
}

/** The case does not exist. For buttons that anybody can try, the refusal is the same as for somebody else's case. */
async function noSuchCase(services: TurnServices, by: PersonId, action: CaseAction): Promise<ClickAnswer> {
  const { actor } = rowOf(action.kind);
  if (actor !== 'account-owner' && actor !== 'manager') return denied(services, 'no-such-case');
  await refuseAccess(services, by, null, action.kind, 'no-such-case');
  return refused(services, { code: actor === 'manager' ? 'not-the-manager' : 'not-the-owner' });
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
  return { kind: 'show', cardMessage: services.cards.requestClosed(await closedRequest(services, latest, purpose)) };
}

async function latestOf(services: TurnServices, before: StoredCase): Promise<StoredCase> {
  return (await services.ledger.load(before.case.id)) ?? before;
}

async function caseCard(services: TurnServices, stored: StoredCase): Promise<ClickAnswer> {
  return { kind: 'show', cardMessage: await services.cardMessages.caseCard(services.cards, stored) };
}

function confirmed(services: TurnServices, action: CaseAction): ClickAnswer {
  const code = rowOf(action.kind).confirmation;
  if (code === null)
    throw new Error(`${action.kind} has no confirmation, and was pressed by somebody outside the case`);
  return { kind: 'show', cardMessage: services.cards.confirmation({ code, at: null }) };
}

function refused(services: TurnServices, refusal: Refusal, at: StoredCase | null = null): ClickAnswer {
  const { mending, runtime, timeZone } = services;
  const nextRead = { at: at === null ? null : mending.watch(at), now: runtime.now(), timeZone };
  return { kind: 'show', cardMessage: services.cards.refusal({ refusal, at, nextRead }) };
}

function denied(services: TurnServices, code: AccessDenial): ClickAnswer {
  return { kind: 'show', cardMessage: services.cards.refusal({ refusal: { code }, at: null }) };
}

/** Records that access was refused. */
async function refuseAccess(
  services: TurnServices,
  by: PersonId,
  about: PersonId | null,
  asked: string,
  because: string,
): Promise<void> {
  await services.ledger.record([requestRefusedEntry(by, about, asked, because)], services.runtime.now());
}

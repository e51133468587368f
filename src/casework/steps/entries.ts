/**
 * The entries of the ledger, from what was decided, intended and done.
 * An entry says who, about whom, and what, in codes; never a name, a number or a pass.
 */
import type { Case } from '../../procedure/case.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { NoKind } from '../../procedure/facts.ts';
import type { Refusal } from '../../procedure/case.ts';
import { effectCode, NO_CODES, stepCode } from '../ports/ledger-codes.ts';
import type { Actor, LedgerEntry } from '../ports/ledger.ts';

/** An effect that was written down and may now be carried out. */
export interface IntendedEffect {
  readonly effect: Effect;
  readonly intentId: string;
}

/** The decision of a step: what happened, and where it led. `remark` is text of people; it is kept, and decides nothing. */
export function decisionEntry(
  before: Case,
  event: CaseEvent,
  after: Case,
  actor: Actor,
  remark: string | null,
): LedgerEntry {
  const said = remark === null ? {} : { remark };
  return {
    code: stepCode(event),
    actor,
    about: before.caller,
    caseId: before.id,
    intentId: null,
    detail: { from: before.state.kind, to: after.state.kind, ...eventDetail(event), ...closingDetail(after), ...said },
  };
}

/** A step that was not taken, and why. Written down like every other. */
export function refusalEntry(at: Case, event: CaseEvent, refusal: Refusal, actor: Actor): LedgerEntry {
  return {
    code: event.kind === 'manual-reset-asked' ? 'request.refused' : 'case.refused',
    actor,
    about: at.caller,
    caseId: at.id,
    intentId: null,
    detail: {
      asked: event.kind,
      in: at.state.kind,
      because: refusal.code,
      ...('missing' in refusal && { unread: refusal.missing.map(({ part }) => part) }),
      ...('seconds' in refusal && { seconds: refusal.seconds }),
    },
  };
}

/** A "no" to a pass, beside the step that it came with: the code alone tells it to later cases. */
export function noEntry(at: Case, no: NoKind, actor: Actor): LedgerEntry {
  return { code: NO_CODES[no], actor, about: at.caller, caseId: at.id, intentId: null, detail: {} };
}

/** A second technician is asked about an open case: one more contact about the caller. */
export function askedAboutEntry({ id, caller }: Case, technician: Actor): LedgerEntry {
  return { code: 'case.asked-about', actor: technician, about: caller, caseId: id, intentId: null, detail: {} };
}

/** What will be done, written before it is done. */
export function intentEntry(at: Case, intended: IntendedEffect): LedgerEntry {
  return {
    code: effectCode(intended.effect.kind, 'intent'),
    actor: 'hardline',
    about: at.caller,
    caseId: at.id,
    intentId: intended.intentId,
    detail: effectDetail(intended.effect),
  };
}

/** What became of it. */
export function outcomeEntry(at: Case, intended: IntendedEffect, outcome: string): LedgerEntry {
  return {
    code: effectCode(intended.effect.kind, 'outcome'),
    actor: 'hardline',
    about: at.caller,
    caseId: at.id,
    intentId: intended.intentId,
    detail: { outcome },
  };
}

/** Something refused outside of any case: a manual reset, a person without a role, a forged button. */
export function requestRefusedEntry(
  actor: Actor,
  about: LedgerEntry['about'],
  asked: string,
  because: string,
): LedgerEntry {
  const code = because === 'manual-reset-never' ? 'request.refused' : 'access.refused';
  return { code, actor, about, caseId: null, intentId: null, detail: { asked, because } };
}

function effectDetail(effect: Effect): LedgerEntry['detail'] {
  switch (effect.kind) {
    case 'create-pass':
      return { lifetimeMinutes: effect.order.lifetimeMinutes, oneTime: effect.order.oneTime };
    case 'notify-caller':
    case 'notify-manager':
      return { notice: effect.notice };
    case 'alarm-leads':
      return { alarm: effect.alarm };
    case 'ask-approvers':
      return { reasons: effect.reasons, needs: effect.needs };
    default:
      return {};
  }
}

function eventDetail(event: CaseEvent): LedgerEntry['detail'] {
  switch (event.kind) {
    case 'callback-recorded':
      return { outcome: event.outcome };
    case 'callback-chosen':
      return { number: event.numberRef };
    case 'seen-in-person':
      return { place: event.place };
    case 'methods-ticked':
      return { atHand: event.atHand };
    case 'manager-answered':
      return { speakingNow: event.speakingNow };
    case 'approval-decided':
      return { approved: event.approved, roles: event.roles };
    case 'self-service-progressed':
      return { step: event.progress.step, reason: event.progress.reason };
    case 'escalated':
    case 'abandoned':
      return { because: event.because };
    default:
      return {};
  }
}

function closingDetail(after: Case): LedgerEntry['detail'] {
  if (after.state.kind !== 'closed') return {};
  const { closing } = after.state;
  const stops = closing.outcome === 'escalated' ? closing.stops.map((stop) => stop.code) : [];
  return { outcome: closing.outcome, because: closing.because, stops };
}

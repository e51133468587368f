/**
 * The entries of the ledger, from what was decided, intended and done.
 * An entry says who, about whom, and what, in codes; never a name, a number or a pass.
 */
import type { Case } from '../../procedure/case.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { NoKind } from '../../procedure/facts.ts';
import type { Refusal } from '../../procedure/case.ts';
import { entryOf, type DetailOf } from '../ports/events/catalogue.ts';
import { effectCode, NO_CODES, stepCode, type StepCode } from '../ports/ledger-codes.ts';
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
  // The fields follow from the event, and so does the code. Tests compare every entry with what its code lists.
  const detail = {
    from: before.state.kind,
    to: after.state.kind,
    ...eventDetail(event),
    ...closingDetail(after),
    ...said,
  };
  return entryOf(stepCode(event), { actor, about: before.caller, caseId: before.id }, detail as StepDetail);
}

/** A step that was not taken, and why. Written down like every other. */
export function refusalEntry(at: Case, event: CaseEvent, refusal: Refusal, actor: Actor): LedgerEntry {
  const code = event.kind === 'manual-reset-asked' ? 'request.refused' : 'case.refused';
  const detail = {
    asked: event.kind,
    in: at.state.kind,
    because: refusal.code,
    ...('missing' in refusal && { unread: refusal.missing.map(({ part }) => part) }),
    ...('seconds' in refusal && { seconds: refusal.seconds }),
  };
  return entryOf(code, { actor, about: at.caller, caseId: at.id }, detail);
}

/** A "no" to a pass, beside the step that it came with: the code alone tells it to later cases. */
export function noEntry(at: Case, no: NoKind, actor: Actor): LedgerEntry {
  return entryOf(NO_CODES[no], { actor, about: at.caller, caseId: at.id }, {});
}

/** A second technician is asked about an open case: one more contact about the caller. */
export function askedAboutEntry({ id, caller }: Case, technician: Actor): LedgerEntry {
  return entryOf('case.asked-about', { actor: technician, about: caller, caseId: id }, {});
}

/** What will be done, written before it is done. */
export function intentEntry(at: Case, { effect, intentId }: IntendedEffect): LedgerEntry {
  const parties = { actor: 'hardline', about: at.caller, caseId: at.id, intentId } as const;
  switch (effect.kind) {
    case 'create-pass': {
      const { lifetimeMinutes, oneTime } = effect.order;
      return entryOf('pass.create.intent', parties, { lifetimeMinutes, oneTime });
    }
    case 'notify-caller':
      return entryOf('notice.caller.intent', parties, { notice: effect.notice });
    case 'notify-manager':
      return entryOf('notice.manager.intent', parties, { notice: effect.notice });
    case 'alarm-leads':
      return entryOf('alarm.leads.intent', parties, { alarm: effect.alarm });
    case 'ask-approvers':
      return entryOf('approval.ask.intent', parties, { reasons: effect.reasons, needs: effect.needs });
    default:
      return entryOf(effectCode(effect.kind, 'intent') as PlainIntentCode, parties, {});
  }
}

/** The intents of effects that say everything by their code. */
type PlainIntentCode = 'link.push.intent' | 'manager.ask.intent' | 'pass.look.intent' | 'pass.delete.intent';

/** What became of it. */
export function outcomeEntry(at: Case, { effect, intentId }: IntendedEffect, outcome: string): LedgerEntry {
  const parties = { actor: 'hardline', about: at.caller, caseId: at.id, intentId } as const;
  return entryOf(effectCode(effect.kind, 'outcome'), parties, { outcome });
}

/** Something refused outside of any case: a manual reset, a person without a role, a forged button. */
export function requestRefusedEntry(
  actor: Actor,
  about: LedgerEntry['about'],
  asked: string,
  because: string,
): LedgerEntry {
  const code = because === 'manual-reset-never' ? 'request.refused' : 'access.refused';
  return entryOf(code, { actor, about }, { asked, because });
}

/** The detail of a step. */
type StepDetail = DetailOf<StepCode>;

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

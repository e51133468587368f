/**
 * Turns a click into the event that its row in the table of actions names.
 * Button data is untrusted: what a click says about the case is compared with the stored case before it counts.
 */
import type { CardAction, OnCase } from '../../intents/card-action.ts';
import { ACTIONS, type PlainEvent, type PlainVerb, type Role } from '../../procedure/actions.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { CallerFacts, PersonId } from '../../procedure/facts.ts';
import { managerQuestion } from '../../procedure/decide-proof.ts';
import { isAt } from '../../procedure/lockout.ts';
import { numbersShown } from '../../procedure/numbers.ts';
import type { SecondPersonRole } from '../../procedure/risk-reasons.ts';
import type { StoredCase } from '../ports/ledger.ts';
import { subjectDigest } from '../steps/approval-digest.ts';

/** A click on a button of a case, with the version of the case that the card showed. */
export type CaseAction = Extract<CardAction, OnCase>;

/** The buttons whose event needs more than the click, and gets it here. */
type VerbWithMore = 'read-again' | 'choose-callback' | 'ask-manager' | 'manager-answer' | 'decide-approval';

/** A click that becomes an event here. *Issue* and "This was not me" have functions of their own. */
export type EventAction = Exclude<Extract<CaseAction, { kind: PlainVerb | VerbWithMore }>, { kind: 'not-me' }>;

const SECOND_PERSONS: readonly SecondPersonRole[] = ['approver', 'lead'];

type PlainAction = Extract<EventAction, { kind: PlainVerb }>;

/** What an event is made from, besides the click. */
export interface EventSources {
  readonly stored: StoredCase;
  readonly by: PersonId;
  /** What they are now. */
  readonly roles: ReadonlySet<Role>;
  /** Reads the facts about the caller, for this click. */
  readonly readFacts: () => Promise<CallerFacts>;
}

/** The event, and what the person wrote with it. The remark is kept with the ledger entry and decides nothing. */
export async function eventOf(
  action: EventAction,
  sources: EventSources,
): Promise<{ readonly event: CaseEvent; readonly remark: string | null }> {
  const { by, stored } = sources;
  switch (action.kind) {
    case 'read-again':
      return { event: { kind: 'snapshot-read-again', by, facts: await sources.readFacts() }, remark: null };
    case 'ask-manager':
      return { event: { kind: 'manager-asked', by, facts: await sources.readFacts() }, remark: null };
    case 'choose-callback': {
      const asShown = subjectDigest(numbersShown(stored.case.facts)) === action.shown;
      return { event: { kind: 'callback-chosen', by, numberRef: asShown ? action.numberRef : '' }, remark: null };
    }
    case 'manager-answer':
      return { event: await managerAnswer(action, sources), remark: null };
    case 'decide-approval': {
      const { approved, reason } = action;
      const seen = isAt(stored.case, 'awaiting-approval') ? stored.case.state.subject : '';
      const subject = subjectDigest(seen) === action.subject ? seen : '';
      const roles = SECOND_PERSONS.filter((role) => sources.roles.has(role));
      const event = { kind: 'approval-decided', by, roles, approved, subject, reasonGiven: reason !== '' } as const;
      return { event, remark: reason === '' ? null : reason };
    }
    default:
      return { event: plainEvent(action, by), remark: null };
  }
}

/**
 * The manager's answer. Whether they may still confirm the caller is read only for a yes that answers the open question: for all
 * others it makes no difference, and nobody's account is read for somebody who was not asked.
 */
async function managerAnswer(
  { speakingNow, question }: Extract<EventAction, { kind: 'manager-answer' }>,
  { by, stored, readFacts }: EventSources,
): Promise<CaseEvent> {
  const { case: lockout } = stored;
  const open = isAt(lockout, 'awaiting-manager') && lockout.state.manager === by ? managerQuestion(lockout) : '';
  const answers = open !== '' && subjectDigest(open) === question;
  const facts = speakingNow && answers ? await readFacts() : lockout.facts;
  return { kind: 'manager-answered', by, speakingNow, question: answers ? open : '', facts };
}

/** The table ties a verb to its event and both to the same fields; the spread cannot, so this is the one cast. */
function plainEvent({ kind, caseId: _case, version: _version, ...fields }: PlainAction, by: PersonId): CaseEvent {
  return { kind: ACTIONS[kind].event, by, ...fields } as PlainEvent;
}

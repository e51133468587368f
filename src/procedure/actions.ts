/**
 * Every button of the bot, one row each: who may press it, which fields it carries, and which event it causes.
 * A button that is not in this table does not exist. How a click is parsed, which roles it needs, its ledger code, the buttons
 * on the cards and the actor that `step()` requires are all derived from here, so that a button is defined in one place.
 */
import type { Field, FieldsOf } from './action-fields.ts';
import type { AbandonReason, CallbackOutcome, EscalationReason } from './case.ts';
import type { PersonId } from './facts.ts';

/** The helpdesk roles, each a group in Entra. Somebody who holds several still counts as one person in a case. */
export type Role = 'technician' | 'approver' | 'auditor' | 'lead';

/**
 * Who may press a button. `any-technician`: every technician. `helpdesk`: any helpdesk role. `case-technician`: who opened the case.
 * `approver`: one who is neither technician nor caller of it. `manager`: of the caller, on record. `account-owner`: caller or manager.
 */
export type ActionActor = 'any-technician' | 'helpdesk' | 'case-technician' | 'approver' | 'manager' | 'account-owner';

/**
 * What an event needs besides the fields of the click. `fresh-facts`: facts about the caller, read for this click. `shown-numbers`,
 * `question`, `approval`: a check that the click is about what the card showed; a question needs fresh facts as well, and the reason
 * of an approval is kept apart from the event. `manager-now`: who the caller's manager is now.
 */
type Completion = 'fresh-facts' | 'shown-numbers' | 'question' | 'approval' | 'manager-now' | null;

/** One row of the table. */
export interface ActionRow {
  readonly actor: ActionActor;
  /**
   * Whether the roles of whoever presses it are read for this press. `cached`: roles that were read within the last minute are good
   * enough, because the button brings no case nearer to a pass, or because it needs no role.
   */
  readonly roles: 'fresh' | 'cached';
  /** What the button refers to: no case, a case, or a case in the version that the card showed. */
  readonly names: 'nothing' | 'a-case' | 'a-version';
  /** By the name that the card sends. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The event that the click causes; `null` when it does not move a case. */
  readonly event: string | null;
  readonly needs: Completion;
  /** The ledger code of the step; `null` when the click itself leaves no entry. */
  readonly audit: `case.${string}` | null;
  /** The confirmation for somebody who does not work the case; `null` for the helpdesk's own buttons, which show the case card. */
  readonly confirmation: 'objection-taken' | 'manager-answer-taken' | 'decision-taken' | null;
  /** Whether the card asks for confirmation in a form before the button can be pressed. */
  readonly asksFirst: boolean;
}

const OUTCOMES = [
  'answered-by-caller',
  'answered-by-someone-else',
  'voicemail',
  'nobody',
  'wrong-number',
] as const satisfies readonly CallbackOutcome[];
/** The reasons a technician can give for escalating a case. The procedure itself sets the others. */
const ESCALATION_REASONS = [
  'no-proof-possible',
  'self-service-keeps-failing',
  'technician-unsure',
] as const satisfies readonly EscalationReason[];
const ABANDON_REASONS = [
  'caller-hung-up',
  'caller-found-another-way',
  'opened-by-mistake',
] as const satisfies readonly AbandonReason[];

/** What most buttons of the case card have in common. Each row adds its event, its ledger code and what differs. */
const CASE_BUTTON = {
  actor: 'case-technician',
  roles: 'cached',
  names: 'a-version',
  fields: {},
  needs: null,
  confirmation: null,
  asksFirst: false,
} as const;

/** The table of actions. */
export const ACTIONS = {
  // Buttons that need no case, or open one.
  'open-lockout': {
    actor: 'any-technician',
    roles: 'cached',
    names: 'nothing',
    fields: { query: { as: 'query', kind: 'query', input: true } },
    event: null,
    needs: null,
    audit: 'case.opened',
    confirmation: null,
    asksFirst: false,
  },
  'pick-caller': {
    actor: 'any-technician',
    roles: 'cached',
    names: 'nothing',
    fields: { caller: { as: 'caller', kind: 'person', input: true } },
    event: null,
    needs: null,
    audit: 'case.opened',
    confirmation: null,
    asksFirst: false,
  },
  'show-case': {
    actor: 'helpdesk',
    roles: 'cached',
    names: 'a-case',
    fields: {},
    event: null,
    needs: null,
    audit: 'case.read',
    confirmation: null,
    asksFirst: false,
  },
  // The buttons of the case card, for the technician of the case, in the order of the procedure.
  'read-again': {
    ...CASE_BUTTON,
    event: 'snapshot-read-again',
    needs: 'fresh-facts',
    audit: 'case.snapshot-read-again',
  },
  'tick-methods': {
    ...CASE_BUTTON,
    fields: { atHand: { as: 'atHand', kind: 'refs', input: true } },
    event: 'methods-ticked',
    audit: 'case.methods-ticked',
  },
  'go-back': { ...CASE_BUTTON, event: 'went-back', audit: 'case.went-back' },
  'choose-callback': {
    ...CASE_BUTTON,
    roles: 'fresh',
    fields: {
      number: { as: 'numberRef', kind: 'ref', input: true },
      shown: { as: 'shown', kind: 'digest', input: false },
    },
    event: 'callback-chosen',
    needs: 'shown-numbers',
    audit: 'case.callback-chosen',
  },
  'record-callback': {
    ...CASE_BUTTON,
    roles: 'fresh',
    fields: { outcome: { as: 'outcome', kind: 'choice', of: OUTCOMES, input: true } },
    event: 'callback-recorded',
    audit: 'case.callback-recorded',
  },
  'seen-in-person': {
    ...CASE_BUTTON,
    roles: 'fresh',
    fields: { place: { as: 'place', kind: 'place', input: true } },
    event: 'seen-in-person',
    audit: 'case.seen-in-person',
    asksFirst: true,
  },
  'ask-manager': {
    ...CASE_BUTTON,
    roles: 'fresh',
    event: 'manager-asked',
    needs: 'fresh-facts',
    audit: 'case.manager-asked',
  },
  'issue-pass': {
    ...CASE_BUTTON,
    roles: 'fresh',
    event: 'issue-pressed',
    needs: 'fresh-facts',
    audit: 'case.issue-pressed',
  },
  'pass-read-out': { ...CASE_BUTTON, event: null, audit: 'case.pass-read-out' },
  'withdraw-pass': { ...CASE_BUTTON, event: 'withdraw-pressed', audit: 'case.withdraw-pressed' },
  done: { ...CASE_BUTTON, event: 'done-pressed', audit: 'case.done-pressed' },
  escalate: {
    ...CASE_BUTTON,
    fields: { because: { as: 'because', kind: 'choice', of: ESCALATION_REASONS, input: true } },
    event: 'escalated',
    audit: 'case.escalated',
  },
  abandon: {
    ...CASE_BUTTON,
    fields: { because: { as: 'because', kind: 'choice', of: ABANDON_REASONS, input: true } },
    event: 'abandoned',
    audit: 'case.abandoned',
    asksFirst: true,
  },
  // Buttons on cards that were sent to other people. The case may have moved on since; the state decides whether the click counts.
  'manager-answer': {
    actor: 'manager',
    roles: 'cached',
    names: 'a-version',
    fields: {
      speaking: { as: 'speakingNow', kind: 'flag', yes: 'yes', no: 'no', input: false },
      question: { as: 'question', kind: 'digest', input: false },
    },
    event: 'manager-answered',
    needs: 'question',
    audit: 'case.manager-answered',
    confirmation: 'manager-answer-taken',
    asksFirst: false,
  },
  'decide-approval': {
    actor: 'approver',
    roles: 'fresh',
    names: 'a-version',
    fields: {
      decision: { as: 'approved', kind: 'flag', yes: 'approve', no: 'deny', input: false },
      reason: { as: 'reason', kind: 'remark', input: true },
      subject: { as: 'subject', kind: 'digest', input: false },
    },
    event: 'approval-decided',
    needs: 'approval',
    audit: 'case.approval-decided',
    confirmation: 'decision-taken',
    asksFirst: false,
  },
  'not-me': {
    actor: 'account-owner',
    roles: 'cached',
    names: 'a-version',
    fields: {},
    event: 'caller-objected',
    needs: 'manager-now',
    audit: 'case.caller-objected',
    confirmation: 'objection-taken',
    asksFirst: false,
  },
} as const satisfies Readonly<Record<string, ActionRow>>;

/** The verb of a button. */
export type Verb = keyof typeof ACTIONS;

/** The fields of a button, under the names they have in the action and in its event. */
export type FieldsOfVerb<V extends Verb> = FieldsOf<(typeof ACTIONS)[V]['fields']>;

type VerbsThat<Needs> = {
  [V in Verb]: (typeof ACTIONS)[V] extends { readonly event: string; readonly needs: Needs } ? V : never;
}[Verb];

/** A button whose click and whoever pressed it are all that its event needs. */
export type PlainVerb = VerbsThat<null>;

/** The event of such a button: its row's event, who pressed it, and the fields of the row. */
export type PlainEvent<V extends PlainVerb = PlainVerb> = V extends PlainVerb
  ? { readonly kind: NonNullable<(typeof ACTIONS)[V]['event']>; readonly by: PersonId } & FieldsOfVerb<V>
  : never;

/** The row of a verb, with the general type. */
export const rowOf = (verb: Verb): ActionRow => ACTIONS[verb];

/** Whether a text is a verb of ours. */
export const isVerb = (text: string): text is Verb => Object.hasOwn(ACTIONS, text);

/**
 * Every button of the product, one row each: who may press it, what it carries, what it makes happen.
 * A button that is not in this table does not exist. Reading a click, roles, refusals, ledger codes, the cards' buttons
 * and the actor that `step()` demands are all taken from here; nothing about a button is decided anywhere else.
 */
import type { AbandonReason, CallbackOutcome, EscalationReason } from './case.ts';
import type { EventName } from './events.ts';
import type { PersonId } from './facts.ts';

/** The helpdesk roles, each a group in Entra. Somebody can hold several, and still never counts twice in one case. */
export type Role = 'technician' | 'approver' | 'auditor' | 'lead';

/**
 * Who may press a button. `any-technician` and `helpdesk` are roles; `case-technician` is the one technician of the case;
 * `approver` holds the role and is neither the technician nor the caller of the case; `manager` is the caller's manager
 * on record; `account-owner` is the caller or that manager.
 */
export type ActionActor = 'any-technician' | 'helpdesk' | 'case-technician' | 'approver' | 'manager' | 'account-owner';

/** How the value of a field is read; the schemas stand in intents/read-action.ts. */
export interface FieldValues {
  /** A name, address or id somebody typed. */
  readonly query: string;
  /** The object id of a person. */
  readonly person: PersonId;
  /** Refs of methods, empty when nothing was ticked. */
  readonly refs: readonly string[];
  /** One ref, empty when nothing was chosen. */
  readonly ref: string;
  /** A place of the list, empty when none was chosen. */
  readonly place: string;
  /** Text of people, empty when none was given. It never moves a case. */
  readonly remark: string;
  /** What the reader's card was about, digested. */
  readonly digest: string;
}

/** One field: its name in the action, and how it is read. `input`: the person fills it in; the others are set by the card. */
export type Field =
  | { readonly as: string; readonly kind: keyof FieldValues; readonly input: boolean }
  | { readonly as: string; readonly kind: 'choice'; readonly of: readonly string[]; readonly input: boolean }
  /** Two words, one of which means yes. */
  | { readonly as: string; readonly kind: 'flag'; readonly yes: string; readonly no: string; readonly input: boolean };

/** What a case event needs beyond the fields of the click: facts read for this click, or the approval compared and its reason kept apart. */
export type Completion = 'fresh-facts' | 'approval' | null;

/** A row of the table. */
export interface ActionRow {
  readonly actor: ActionActor;
  /** What the button names: no case, a case, or a case as its card showed it (then an older version is refused). */
  readonly names: 'nothing' | 'a-case' | 'a-version';
  /** By the name the card sends. */
  readonly fields: Readonly<Record<string, Field>>;
  /** What happens to the case; `null` when pressing it moves none. */
  readonly event: EventName | null;
  readonly needs: Completion;
  /** The ledger code of the step; `null` when the press itself is no entry. */
  readonly audit: `case.${string}` | null;
  /** What somebody outside the case reads after their click; `null` for the technician, who reads the case card. */
  readonly confirmation: 'objection-taken' | 'manager-answer-taken' | 'decision-taken' | null;
  /** Whether the card opens a form and asks before the button can be pressed. */
  readonly asksFirst: boolean;
}

const OUTCOMES = [
  'answered-by-caller',
  'answered-by-someone-else',
  'voicemail',
  'nobody',
  'wrong-number',
] as const satisfies readonly CallbackOutcome[];
/** Reasons a technician may give for handing a case on; the others are given by the procedure itself. */
const HANDED_ON = [
  'no-proof-possible',
  'self-service-keeps-failing',
  'technician-unsure',
] as const satisfies readonly EscalationReason[];
const GIVEN_UP = [
  'caller-hung-up',
  'caller-found-another-way',
  'opened-by-mistake',
] as const satisfies readonly AbandonReason[];

/** What most buttons of the case card have in common. A row still names its event, its ledger code and whether it asks first. */
const TECHNICIANS = {
  actor: 'case-technician',
  names: 'a-version',
  fields: {},
  needs: null,
  confirmation: null,
  asksFirst: false,
} as const;

/** The table. */
export const ACTIONS = {
  // Before there is a case.
  'open-lockout': {
    actor: 'any-technician',
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
    names: 'a-case',
    fields: {},
    event: null,
    needs: null,
    audit: null,
    confirmation: null,
    asksFirst: false,
  },
  // The technician's own buttons, in the order of the procedure.
  'read-again': {
    ...TECHNICIANS,
    event: 'snapshot-read-again',
    needs: 'fresh-facts',
    audit: 'case.snapshot-read-again',
  },
  'tick-methods': {
    ...TECHNICIANS,
    fields: { atHand: { as: 'atHand', kind: 'refs', input: true } },
    event: 'methods-ticked',
    audit: 'case.methods-ticked',
  },
  'go-back': { ...TECHNICIANS, event: 'went-back', audit: 'case.went-back' },
  'choose-callback': {
    ...TECHNICIANS,
    fields: { number: { as: 'numberRef', kind: 'ref', input: true } },
    event: 'callback-chosen',
    audit: 'case.callback-chosen',
  },
  'record-callback': {
    ...TECHNICIANS,
    fields: { outcome: { as: 'outcome', kind: 'choice', of: OUTCOMES, input: true } },
    event: 'callback-recorded',
    audit: 'case.callback-recorded',
  },
  'seen-in-person': {
    ...TECHNICIANS,
    fields: { place: { as: 'place', kind: 'place', input: true } },
    event: 'seen-in-person',
    audit: 'case.seen-in-person',
    asksFirst: true,
  },
  'ask-manager': { ...TECHNICIANS, event: 'manager-asked', audit: 'case.manager-asked' },
  'issue-pass': { ...TECHNICIANS, event: 'issue-pressed', needs: 'fresh-facts', audit: 'case.issue-pressed' },
  'pass-read-out': { ...TECHNICIANS, event: null, audit: null },
  'withdraw-pass': { ...TECHNICIANS, event: 'withdraw-pressed', audit: 'case.withdraw-pressed' },
  done: { ...TECHNICIANS, event: 'done-pressed', audit: 'case.done-pressed' },
  escalate: {
    ...TECHNICIANS,
    fields: { because: { as: 'because', kind: 'choice', of: HANDED_ON, input: true } },
    event: 'escalated',
    audit: 'case.escalated',
  },
  abandon: {
    ...TECHNICIANS,
    fields: { because: { as: 'because', kind: 'choice', of: GIVEN_UP, input: true } },
    event: 'abandoned',
    audit: 'case.abandoned',
    asksFirst: true,
  },
  // Buttons on cards that others hold. Their version is older than the case, and that is fine.
  'manager-answer': {
    actor: 'manager',
    names: 'a-version',
    fields: { speaking: { as: 'speakingNow', kind: 'flag', yes: 'yes', no: 'no', input: false } },
    event: 'manager-answered',
    needs: null,
    audit: 'case.manager-answered',
    confirmation: 'manager-answer-taken',
    asksFirst: false,
  },
  'decide-approval': {
    actor: 'approver',
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
    names: 'a-version',
    fields: {},
    event: 'caller-objected',
    needs: null,
    audit: 'case.caller-objected',
    confirmation: 'objection-taken',
    asksFirst: false,
  },
} as const satisfies Readonly<Record<string, ActionRow>>;

/** The verb of a button. */
export type Verb = keyof typeof ACTIONS;

/** The row of a verb, as the table's columns describe it. */
export const rowOf = (verb: Verb): ActionRow => ACTIONS[verb];

/** Whether a text is a verb of ours. */
export const isVerb = (text: string): text is Verb => Object.hasOwn(ACTIONS, text);

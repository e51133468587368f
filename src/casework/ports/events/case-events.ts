/**
 * Codes of the steps of a case. They follow from the table of actions and from the events of the procedure; a step without its
 * description does not compile.
 */
import type { NoKind } from '../../../procedure/facts.ts';
import type { NO_CODES, StepCode } from '../ledger-codes.ts';
import { REFUSAL } from './access-events.ts';
import { nullable, number, optional, personal, text, texts, yesNo, type EventDescription } from './described.ts';

/** Every step of a case has these; a step that closes the case also says how it ended. */
const STEP = {
  from: text('where the case was'),
  to: text('where it is now'),
  outcome: optional(text('how the case ended')),
  because: optional(text('why it ended')),
  stops: optional(texts('what ended it, when it was handed over because of that')),
  remark: optional(personal(text('what a person wrote with it'))),
};
const RESET = {
  ...STEP,
  step: text('how far the reset has come'),
  reason: nullable(text("Microsoft's reason, cleaned")),
};

/** The codes, with their descriptions. */
export const CASE_EVENTS = {
  'case.opened': {
    when: 'A case was opened about a caller.',
    by: ['technician'],
    fields: {
      to: text('where it begins'),
      unread: texts('facts that could not be read'),
      stops: texts('what ended it at once'),
    },
  },
  'case.read': {
    when: 'Somebody who did not move a case is about to be shown it.',
    by: ['helpdesk'],
    fields: { in: text('where the case was'), how: text('how they came to see it') },
  },
  'case.press-lost': {
    when: 'A button was pressed on a card that showed an earlier state, or somebody else came first. Nothing was done.',
    by: ['helpdesk'],
    fields: {
      asked: text('the button'),
      in: text('where the case was'),
      shown: number('the version of the case that the card showed'),
      current: number('the version that the case has'),
    },
  },
  'case.asked-about': {
    when: 'A technician asked about somebody whose case is open with another one.',
    by: ['technician'],
    fields: {},
  },
  'case.refused': { when: 'A step was not taken.', by: ['anybody', 'bot'], fields: REFUSAL },
  'case.snapshot-read-again': {
    when: 'The facts about the caller were read again.',
    by: ['technician', 'bot'],
    fields: STEP,
  },
  'case.methods-ticked': {
    when: 'The technician ticked which methods the caller has with them.',
    by: ['technician'],
    fields: { ...STEP, atHand: texts('the methods, as the case names them') },
  },
  'case.went-back': { when: 'The technician chose another proof.', by: ['technician'], fields: STEP },
  'case.callback-chosen': {
    when: 'The technician chose a number to call.',
    by: ['technician'],
    fields: { ...STEP, number: text('which number, as the case names it') },
  },
  'case.callback-recorded': {
    when: 'The technician recorded how the call went.',
    by: ['technician'],
    fields: { ...STEP, outcome: text('who answered; for a step that closes the case, how it ended') },
  },
  'case.seen-in-person': {
    when: 'The technician recorded that they see the caller.',
    by: ['technician'],
    fields: { ...STEP, place: text('at which of the listed places') },
  },
  'case.manager-asked': { when: 'The technician had the manager asked.', by: ['technician'], fields: STEP },
  'case.manager-answered': {
    when: 'The manager answered.',
    by: ['manager'],
    fields: { ...STEP, speakingNow: yesNo('whether they are speaking with the caller') },
  },
  'case.approval-decided': {
    when: 'A second person approved or denied a pass.',
    by: ['second person'],
    fields: { ...STEP, approved: yesNo('their decision'), roles: texts('what they were when they decided') },
  },
  'case.issue-pressed': { when: 'The technician pressed "Issue the pass".', by: ['technician'], fields: STEP },
  'case.pass-read-out': {
    when: 'The technician said that they read the pass out; it was taken off the card.',
    by: ['technician'],
    fields: { in: text('where the case was') },
  },
  'case.withdraw-pressed': { when: 'The technician had the pass deleted.', by: ['technician'], fields: STEP },
  'case.done-pressed': { when: 'The technician said that the caller is signed in.', by: ['technician'], fields: STEP },
  'case.escalated': { when: 'The technician handed the case over.', by: ['technician'], fields: STEP },
  'case.abandoned': { when: 'The technician closed the case early.', by: ['technician'], fields: STEP },
  'case.caller-objected': { when: 'Somebody pressed "This was not me".', by: ['caller or manager'], fields: STEP },
  'case.self-service-progressed': { when: "Microsoft's log shows progress of a reset.", by: ['bot'], fields: RESET },
  'case.self-service-succeeded': { when: "Microsoft's log shows that a reset succeeded.", by: ['bot'], fields: RESET },
  'case.password-set': { when: 'The account of the caller has a new password.', by: ['bot'], fields: RESET },
  'case.methods-seen': { when: 'New methods of the caller were seen.', by: ['bot'], fields: STEP },
  'case.pass-created': { when: 'A pass was created and is about to be shown.', by: ['bot'], fields: STEP },
  'case.pass-unseen': { when: 'A pass was created that nobody got to see.', by: ['bot'], fields: STEP },
  'case.pass-refused': { when: 'Microsoft Entra refused to create a pass.', by: ['bot'], fields: STEP },
  'case.pass-unanswered': { when: 'Nobody knows whether a pass was created.', by: ['bot'], fields: STEP },
  'case.pass-found': { when: 'A pass was found that nobody saw.', by: ['bot'], fields: STEP },
  'case.no-pass-found': { when: 'No pass was found.', by: ['bot'], fields: STEP },
  'case.pass-deleted': { when: 'A look found the pass gone.', by: ['bot'], fields: STEP },
  'case.pass-still-there': { when: 'A look found the pass still there.', by: ['bot'], fields: STEP },
  'case.new-methods-read': {
    when: 'After "This was not me": what was registered since the pass was read, or could not be read.',
    by: ['bot'],
    fields: STEP,
  },
  'case.pass-taken-back': { when: 'A lead took back the pass of this case.', by: ['lead'], fields: STEP },
  'case.time-passed': { when: 'A deadline of the case is over.', by: ['bot'], fields: STEP },
  'no.approval-denied': { when: 'Beside the step: a second person said no.', by: ['second person'], fields: {} },
  'no.manager-declined': { when: 'Beside the step: the manager said no.', by: ['manager'], fields: {} },
  'no.someone-else-answered': {
    when: 'Beside the step: somebody else answered the callback.',
    by: ['technician'],
    fields: {},
  },
} as const satisfies Readonly<
  Record<
    | Exclude<StepCode, 'request.refused'>
    | (typeof NO_CODES)[NoKind]
    | 'case.asked-about'
    | 'case.refused'
    | 'case.press-lost',
    EventDescription
  >
>;

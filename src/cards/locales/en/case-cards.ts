/**
 * English: the fixed texts of the case cards, one object for each template.
 * A headline says what to do now, in words that a tired person understands at once. A button names what it does.
 */
import type { ActionCode } from '../../../casework/ports/ledger-codes.ts';
import type { Proof } from '../../../procedure/case.ts';

/** How the proof was given. */
export const proofs = {
  callback: 'Answered the callback',
  'in-person': 'Seen in person',
  manager: 'Confirmed by their manager',
} satisfies Record<Proof['kind'], string>;

/** What the log calls each step that a button causes. */
export const stepLabels = {
  'case.opened': 'Case opened',
  'case.snapshot-read-again': 'Account read again',
  'case.methods-ticked': 'Methods ticked',
  'case.went-back': 'Went back',
  'case.callback-chosen': 'Number chosen',
  'case.callback-recorded': 'Callback',
  'case.seen-in-person': 'Seen in person',
  'case.manager-asked': 'Manager asked',
  'case.manager-answered': 'Manager answered',
  'case.approval-decided': 'Second person decided',
  'case.issue-pressed': '"Issue the pass" pressed',
  'case.withdraw-pressed': '"Delete the pass" pressed',
  'case.caller-objected': '"This was not me" pressed',
  'case.escalated': 'Handed over',
  'case.abandoned': 'Closed early',
  'case.done-pressed': '"They are signed in" pressed',
  'case.pass-read-out': 'Pass read out',
  'case.read': 'Case opened to read',
} satisfies Record<ActionCode, string>;

const caseCard = {
  escalate: 'Hand over the case',
  abandon: 'Close early',
  abandonLabel: 'Why are you closing the case?',
  abandonError: 'Choose a reason.',
  abandonSubmit: 'Close the case',
  goBack: 'Choose another proof',
  showCase: 'Show the case as it is now',
  risks: 'A second person must approve a pass',
  missing: 'Not read yet',
  readAgain: 'Read again',
  matchingWords: 'Matching words: ',
};

const STOPPED = 'Stop. The helpdesk cannot handle this case';
const SIGNED_IN = 'They are signed in. Close the case';
const READ_OUT_STEPS = 'Read these steps out';

/** The texts of the template with the same name. */
export const caseCards = {
  'asking-methods': {
    ...caseCard,
    headline: 'Ask the caller what they have with them',
    headlineStopped: STOPPED,
    headlineFailed: 'Self-service did not work. Ask again what they have with them',
    headlineUnread: 'Read again: the sign-in methods could not be read',
    tickLabel: 'Ask about each one: "Do you have it with you?" Tick only what they say yes to.',
    tickLabelNone: 'They have no registered method that works for self-service.',
    submit: 'Continue',
    submitNone: 'Continue without a method',
    stops: 'Why no pass can be issued',
    methods: 'Registered methods',
    account: 'Account',
  },
  'awaiting-self-service': {
    ...caseCard,
    headline: 'Read this out. They reset the password themselves',
    headlineFailed: 'The reset did not work. See what you can do',
    steps: READ_OUT_STEPS,
    follow: 'This card updates by itself. You do not have to press anything.',
    goBack: 'Go back: it does not work',
    done: SIGNED_IN,
    withdraw: 'Delete the pass',
    passStill: 'Their pass is still valid. It will be deleted when the reset is done.',
  },
  'choosing-proof': {
    ...caseCard,
    headline: 'Make sure it is really them. Call them back',
    headlineNoNumber: 'Make sure it is really them. You cannot call them back',
    headlineChecking: 'Make sure it is really them. Their numbers are still being checked',
    lead: 'They do not have enough methods with them, so they need a pass. Confirm first that it is really them.',
    never: 'Never dial a number the caller gives you. Never accept answers to security questions as proof.',
    numbers: 'Numbers on record',
    numberLabel: 'Which number will you dial?',
    call: 'Call this number',
    inPerson: 'I can see them in person',
    placeLabel: 'Where do you see them? Check their badge.',
    placeError: 'Choose a place.',
    seen: 'I see them and checked their badge',
    askManager: 'Ask their manager',
    goBack: 'Back to the sign-in methods',
    last: 'Last attempt',
  },
  'awaiting-callback': {
    ...caseCard,
    headline: 'Hang up and dial this number',
    lead: 'Say: "I will call you back on the number we have on record." Dial it yourself, from your own phone.',
    headlineGone: 'Go back and choose again: this number is not on record any more, or could not be read',
    ask: 'Who answered?',
    valid: 'Ask for them by name. If voicemail or anybody else answers, that proves nothing.',
    caller: 'The caller answered',
    someone: 'Somebody else answered',
    voicemail: 'Voicemail',
    nobody: 'Nobody answered',
    wrong: 'Wrong number',
    goBack: 'Go back',
  },
  'awaiting-manager': {
    ...caseCard,
    headline: 'Wait for their manager',
    lead: 'Hardline asks the manager in Teams: "Are you speaking with them now?" This card changes when they answer.',
    readOut: 'Say: "Please call your manager now and stay on the line with them."',
  },
  'awaiting-approval': {
    ...caseCard,
    headline: 'Wait for a second person',
    reasons: 'Why a second person must approve',
    readOut: 'Say: "A colleague has to approve this. It is the same for everyone."',
    last: 'Why they are asked again',
  },
  'ready-to-issue': {
    ...caseCard,
    headline: 'Identity confirmed. Issue the pass',
    lead: 'Stay on the same line. The pass is shown once, only to you. Read it out right away.',
    issue: 'Issue the pass',
    last: 'Last attempt',
    goBack: 'Go back without a pass',
  },
  issuing: {
    ...caseCard,
    headline: 'Wait. The pass is being created',
    lead: 'It will appear only for the person who pressed the button. This takes a few seconds.',
    hint: 'No pass on your screen after half a minute? Press the button below.',
  },
  'uncertain-pass': {
    ...caseCard,
    headline: 'Wait. It is not clear whether a pass was created',
    lead: 'Microsoft Entra did not answer in time. The request is not sent again.',
    hint: 'Hardline looks for it for up to two minutes and deletes a pass that nobody saw. Then you can go on.',
    readOut: 'Say: "This takes two more minutes. Please stay on the line."',
  },
  'awaiting-backup-method': {
    ...caseCard,
    headline: 'Help them register a new method',
    steps: READ_OUT_STEPS,
    oneTime: 'The pass works once. After signing in they have 10 minutes to register a method.',
    manyTimes: 'The pass can be used again until it expires.',
    waiting: 'No new method registered yet.',
    done: SIGNED_IN,
    withdraw: 'Delete the pass',
  },
  'withdrawing-pass': {
    ...caseCard,
    headline: 'Wait. The pass is being deleted',
    lead: 'Wait until this card changes. Until then the pass may still work.',
  },
  closed: {
    headlineStopped: STOPPED,
    stops: 'Why, and who to call',
    readOut: 'Tell the caller: "I cannot solve this myself, so I will pass it on." Say no more than that.',
    next: 'If they call again, open a new case.',
  },
};

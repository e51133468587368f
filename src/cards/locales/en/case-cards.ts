/**
 * English: headlines, leads, labels and buttons of the case cards, one object for each template.
 * The one rule kept here: a headline is what to do now, in words a tired person reads once.
 */

const caseButtons = {
  escalate: 'Hand over',
  abandon: 'Close without help',
  abandonLabel: 'Why does it end here?',
  abandonError: 'Choose a reason.',
  abandonSubmit: 'Close the case',
  goBack: 'Back to the methods',
  readAgain: 'Read again',
  showCase: 'Show where it stands',
  withdraw: 'Delete the pass',
  risks: 'A second person must agree to a pass',
  words: 'Words: ',
};

/** Words of the template with the same name. */
export const caseCards = {
  'asking-methods': {
    ...caseButtons,
    headline: 'What does the caller have with them now?',
    headlineStopped: 'Stop. This is not for the helpdesk',
    headlineFailed: 'It did not work. What do they have with them?',
    headlineUnread: 'Read again: the sign-in methods could not be read',
    tickLabel: 'Ask: "Do you have it in your hand?" Tick only what they say yes to.',
    tickLabelNone: 'Nothing is registered that self-service accepts.',
    submit: 'Continue',
    submitNone: 'Continue with nothing at hand',
    stops: 'No pass for them',
    methods: 'Registered methods',
    account: 'Account',
  },
  'awaiting-self-service': {
    ...caseButtons,
    headline: 'Read this out. They reset it themselves',
    headlineFailed: 'It did not work',
    steps: 'Read out',
    link: 'Address to read out',
    follow: 'This card follows by itself. You need not press anything.',
    goBack: 'It does not work',
    done: 'They are in',
    passStill: 'The pass is still valid. It is deleted when they are done.',
  },
  'choosing-proof': {
    ...caseButtons,
    headline: 'Is it really them? Call them back',
    headlineNoNumber: 'Is it really them? No number can be called',
    lead: 'Too few methods are at hand, so they need a pass. First make sure that it is them.',
    never: 'Never dial a number the caller gives you. No knowledge questions.',
    numbers: 'Numbers on record',
    numberLabel: 'Which number will you dial?',
    call: 'Call this number',
    inPerson: 'They stand in front of me',
    placeLabel: 'Where do you see them, with their badge?',
    placeError: 'Choose a place.',
    seen: 'I see them and their badge',
    askManager: 'Ask their manager',
    last: 'Last try',
  },
  'awaiting-callback': {
    ...caseButtons,
    headline: 'Hang up. Dial this number',
    lead: 'Say: "I will call you back on the number we have on record." Dial it yourself, from your own phone.',
    gone: 'The number could not be read any more. Go back and choose again.',
    ask: 'Who answered?',
    caller: 'The caller answered',
    someone: 'Somebody else answered',
    voicemail: 'Voicemail',
    nobody: 'Nobody',
    wrong: 'Wrong number',
    goBack: 'Back',
    valid: 'Ask for them by name. Voicemail or anybody else proves nothing.',
  },
  'awaiting-manager': {
    ...caseButtons,
    headline: 'Waiting for their manager',
    lead: 'The manager was asked in Teams: "Are you speaking with them now?" This card changes when they answer.',
    readOut: 'Say: "Please call your manager now and stay on the line with them."',
    goBack: 'Choose another proof',
  },
  'awaiting-approval': {
    ...caseButtons,
    headline: 'Waiting for a second person',
    lead: 'The approvers were asked in Teams. This card changes when one of them decides.',
    reasons: 'Why a second person',
    readOut: 'Say: "A colleague must agree. That is the same for everyone."',
    goBack: 'Choose another proof',
  },
  'ready-to-issue': {
    ...caseButtons,
    headline: 'It is them. Issue the pass',
    lead: 'Stay on the same line. The pass is shown once, only to you. Read it out at once.',
    issue: 'Issue the pass',
    goBack: 'Not now, go back',
  },
  issuing: {
    ...caseButtons,
    headline: 'The pass is being created',
    lead: 'It appears only to the person who pressed. This takes a few seconds.',
    hint: 'No pass on your screen after half a minute? Press the button below.',
  },
  'uncertain-pass': {
    ...caseButtons,
    headline: 'Wait. A pass may exist or not',
    lead: 'Microsoft Entra did not answer in time. Nothing is sent twice.',
    hint: 'Hardline looks again for up to two minutes. A pass that nobody saw is deleted. Then you can go on.',
    readOut: 'Say: "It takes two more minutes. Please stay on the line."',
  },
  'awaiting-backup-method': {
    ...caseButtons,
    headline: 'Help them register a new method',
    lead: 'Stay on the line until one is registered. This card follows by itself.',
    steps: 'Read out',
    oneTime: 'The pass works once. After signing in they have 10 minutes to register.',
    manyTimes: 'The pass can be used again until it runs out.',
    waiting: 'Nothing new registered yet.',
    registered: 'New methods seen',
    done: 'They are in',
    withdraw: 'Delete the pass',
  },
  'withdrawing-pass': {
    ...caseButtons,
    headline: 'The pass is being deleted',
    lead: 'Wait until this card changes. Until then the pass may still work.',
  },
  closed: {
    ...caseButtons,
    headlineStopped: 'Stop. This is not for the helpdesk',
    stops: 'Why, and whom to call',
    next: 'If they call again, open a new case.',
    again: 'Tell the caller: "A colleague will take care of it." Say no more than that.',
  },
};

/** Labels of aligned facts on case cards. */
export const labels = {
  department: 'Department',
  manager: 'Manager',
  managerNumber: 'Their number',
  objectId: 'Id ends in',
  account: 'Account',
  risk: 'Risk',
  contacts: 'Earlier contacts',
  inOrder: 'In order',
  source: 'On record as',
  age: 'Age',
  chosen: 'Chosen',
  asked: 'Asked',
  proof: 'Proof',
  secondPerson: 'Second person',
  lifetime: 'Valid for',
  ordered: 'Ordered',
  validUntil: 'Valid until',
  reason: 'Reason',
  since: 'Since',
  opened: 'Opened',
  closed: 'Closed',
  tookMinutes: 'Took',
};

/** Short values of facts. */
export const values = {
  none: 'none',
  notOnRecord: 'not on record',
  notRead: 'could not be read',
  enabled: '✓ enabled',
  disabled: '✗ disabled',
  wordsTold: '— the caller sees the same two in Teams',
  wordsPerhaps: '— if the caller got our message in Teams, it shows the same two',
  compromised: 'confirmed compromised',
  counts: '✓ counts',
  countsNot: 'does not count',
  weak: 'weak',
  ageUnknown: 'date unknown',
  usable: '✓ use',
  oneTime: 'works once',
  manyTimes: 'works until it runs out',
  unknownName: 'Name not read',
  lookAlike: 'The name mixes alphabets and may imitate another one. Compare the sign-in name.',
  agreed: 'agreed',
  numberGone: 'number not readable',
};

/** How the proof was given. */
export const proofs = {
  callback: 'Answered the callback',
  'in-person': 'Seen in person',
  manager: 'Their manager vouches',
};

/** Names of products keep their capital letter; whatever comes first gets one. */
function inSentence(name: string, index: number): string {
  if (index === 0 || /^(Authenticator|Windows|Mac|Temporary)/.test(name)) return name;
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Short sentences with numbers in them. */
export const phrases = {
  caseNumber: (id: number): string => `Case ${id}`,
  counted: (have: number, need: number): string => `${have} of ${need} that count are registered now.`,
  minutes: (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`),
  endsIn: (kind: string, digits: string): string => `${kind}, ends in ${digits}`,
  numbered: (kind: string, nth: number): string => `${kind} ${nth}`,
  ends: (date: string): string => `until ${date}`,
  changed: (when: string): string => `changed ${when}`,
  unchangedFor: (span: string): string => `not changed for at least ${span}`,
  contacts: (day: number, month: number): string => `${day} in 24 hours, ${month} in 30 days`,
  since: (when: string): string => `Since ${when}`,
  sinceBy: (since: string, name: string): string => `${since}, by ${name}`,
  plans: (state: string, plans: string): string => `${state}: ${plans}`,
  atPlace: (how: string, place: string, when: string): string => `${how}, ${place}, ${when}`,
  howWhen: (how: string, when: string): string => `${how}, ${when}`,
  pair: (first: string, second: string): string => `${first} · ${second}`,
  askedExpires: (asked: string, expires: string): string => `${asked}, expires ${expires}`,
  canUse: (kinds: readonly string[]): string => `You can use: ${kinds.map(inSentence).join(', ')}`,
  registerMore: (needed: number): string => `You need ${needed} methods that count. Register one more.`,
  newMethods: (count: number): string => (count === 1 ? '1 new method' : `${count} new methods`),
};

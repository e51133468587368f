/**
 * English: labels and values of the fact rows, and short sentences with numbers or names in them.
 * A label is a noun. A value never says more than was read.
 */

/** The labels of fact rows, on every card. */
export const rowLabels = {
  caller: 'Caller',
  department: 'Department',
  manager: 'Manager',
  managerNumber: "Manager's number",
  objectId: 'End of object ID',
  account: 'Account',
  risk: 'Risk',
  contacts: 'Earlier contacts',
  checksPassed: 'Checks passed',
  source: 'Source',
  sharing: 'Shared number',
  lastChange: 'Last change',
  changesSeen: 'Changes seen up to',
  chosen: 'Time chosen',
  request: 'Request',
  deadline: 'Deadline',
  proof: 'Proof',
  secondPerson: 'Second person',
  stillNeeded: 'Still needed',
  technician: 'Technician',
  lifetime: 'Lifetime',
  ordered: 'Time requested',
  validUntil: 'Valid until',
  reason: 'Reason',
  time: 'Time',
  start: 'Start',
  end: 'End',
  duration: 'Duration',
  setBy: 'Set by',
  question: 'Question',
  answerFrom: 'Answer from',
  matchingWords: 'Matching words',
  searchText: 'Search text',
  reference: 'Reference to quote',
};

/** Short values of facts. */
export const values = {
  none: 'none',
  notOnRecord: 'not on record',
  notRead: 'could not be read',
  enabled: '✓ enabled',
  disabled: '✗ disabled',
  wordsSent: '— sent to the caller in Teams, too',
  wordsPerhapsSent: '— also in our Teams message, if the caller got it',
  compromised: 'confirmed compromised',
  counts: '✓ for self-service',
  countsNot: 'not for self-service',
  weak: 'weak',
  dateUnknown: 'date unknown',
  noDetails: 'no details',
  usable: '✓ can be called',
  oneTime: 'works once',
  manyTimes: 'works until it expires',
  unknownName: 'Name could not be read',
  lookAlike: 'This name mixes alphabets and may imitate another name. Check the sign-in name.',
  approved: 'approved',
  numberGone: 'number could not be read',
  beingConfirmed: 'being confirmed',
  doesNotComeByItself: 'This does not come by itself. Call the identity team.',
  readAgainByHand: 'Press "Read again" in a moment.',
  botName: 'Hardline',
};

/** Names of products keep their capital; so does whatever comes first. */
function inSentence(name: string, index: number): string {
  if (index === 0 || /^(Authenticator|Windows|Mac|Temporary)/.test(name)) return name;
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Short sentences with numbers or names in them. */
export const phrases = {
  caseNumber: (id: number): string => `Case ${id}`,
  counted: (have: number, need: number): string => `Methods for self-service: ${have} registered, ${need} needed.`,
  minutes: (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`),
  endsIn: (kind: string, digits: string): string => `${kind}, ends in ${digits}`,
  numbered: (kind: string, nth: number): string => `${kind} ${nth}`,
  ends: (date: string): string => `until ${date}`,
  changed: (when: string): string => `changed ${when}`,
  notChangedSince: (day: string): string => `no change seen since ${day}`,
  ageUnread: (why: string): string => `last change could not be read: ${why}`,
  sharedBy: (others: number): string =>
    others === 1 ? 'also the number of 1 other' : `also the number of ${others} others`,
  tooQuick: (seconds: number): string =>
    seconds === 1 ? 'That was 1 second, too quick for a call.' : `That was ${seconds} seconds, too quick for a call.`,
  confirmedAt: (when: string): string => `being confirmed, next look at ${when}`,
  missingPart: (part: string, why: string): string => `${part}: ${why}`,
  triesAgain: (when: string): string => `Hardline tries again at ${when}, and keeps trying.`,
  seenUpTo: (when: string): string => `Changes seen up to ${when}`,
  passwordSet: (at: string): string => `A new password was set at ${at}. Microsoft's log does not say yet by whom.`,
  contacts: (day: number, month: number): string => `${day} in 24 hours, ${month} in 30 days`,
  since: (when: string): string => `Since ${when}`,
  sinceBy: (since: string, name: string): string => `${since}, by ${name}`,
  plans: (state: string, plans: string): string => `${state}: ${plans}`,
  atPlace: (how: string, place: string, when: string): string => `${how}, ${place}, ${when}`,
  howWhen: (how: string, when: string): string => `${how}, ${when}`,
  pair: (first: string, second: string): string => `${first} · ${second}`,
  earlierNo: (what: string, when: string): string => `${what}, ${when}. A pass takes a lead and another second person.`,
  askedExpires: (asked: string, expires: string): string => `${asked}, expires ${expires}`,
  canUse: (kinds: readonly string[]): string => `You can use: ${kinds.map(inSentence).join(', ')}`,
  registerMore: (needed: number): string =>
    `You need ${needed} methods that work for a password reset. Register one more.`,
  newMethods: (count: number): string =>
    count === 1 ? '1 new method is registered.' : `${count} new methods are registered.`,
};

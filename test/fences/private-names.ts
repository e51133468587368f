// The private names of the first version, each with the field's term for it, and the ordinary English that looks alike.

/** A name that is gone, and what to say in its place. */
export interface PrivateName {
  readonly gone: string;
  readonly say: string;
}

const names = (rows: Readonly<Record<string, string>>): readonly PrivateName[] =>
  Object.entries(rows).map(([gone, say]) => ({ gone, say }));

/** Words that are gone everywhere: in names of files, in identifiers, in comments, texts and documents. In any number. */
export const WORDS = names({
  bench: 'harness',
  book: 'audit log',
  breath: 'group',
  cast: 'people',
  desk: 'helpdesk, chat, or the name of the thing',
  door: 'access, or the check that is meant',
  dossier: 'caller profile',
  furnish: 'build, or start',
  furnished: 'built, or started',
  furniture: 'parts',
  gate: 'request guard (teams), report rate limit (graph), slot (self-service reset)',
  house: 'bot, app, or Services',
  insight: 'slow fact',
  letter: 'card message',
  outsider: 'somebody outside the helpdesk (non-helpdesk)',
  pace: 'rate limit',
  picture: 'caller snapshot; for an image: screenshot, image or diagram',
  rhythm: 'interval',
  room: 'folder, or module',
  stage: 'runner',
  surroundings: 'runtime',
  town: 'fixtures, or the directory in memory',
  undisguised: 'normalized',
  walk: 'random run',
  wall: 'adapter, or boundary',
});

/**
 * Identifiers that are gone, letter by letter; as words of a sentence they may be plain English. Names that are good ones for
 * something else (`settled`, `worked`, `elsewhere`) are left to the reader of a change.
 */
export const IDENTIFIERS = names({
  ASKED_FOR: 'a column of the table of actions',
  BREATH: 'GROUP_SIZE',
  DoorCode: 'AccessDenial',
  HELD_BY_OTHERS: 'a column of the table of actions',
  LetterPurpose: 'RequestCardPurpose',
  PassLetter: 'PassCard',
  Post: 'Outbox',
  Press: 'CardAction',
  PressedTurn: 'ActionTurn',
  ArrivedTurn: 'InstallTurn',
  SaidTurn: 'MessageTurn',
  Replaced: 'StartOverrides',
  Standing: 'ModeStatus',
  TECHNICIANS_OWN: 'a column of the table of actions',
  ToldCode: 'Confirmation',
  Words: 'Strings',
  admitted: 'kind',
  adopt: 'bindCardToCase',
  approvalTakesTime: 'onTimeout...',
  doorFor: 'denialFor',
  everySoOften: 'startInterval',
  folding: 'normalizing',
  judge: 'classifySendFailure',
  keepWriteHeadWhole: 'restoreWriteHead',
  ledgerCodes: 'a column of the table of actions',
  managerSilent: 'onTimeout...',
  notYet: 'a parameter: the app is built in one order',
  objectTo: 'recordObjection',
  orderTakesTime: 'onTimeout...',
  passAges: 'onTimeout...',
  placeOrder: 'inline',
  proofAges: 'onTimeout...',
  readPicture: 'readSnapshot',
  selfServiceTakesTime: 'onTimeout...',
  settleOld: 'closeOldIntents',
  takeBack: 'revokePass',
  tameConnector: 'hardenConnector',
  told: 'confirmation',
  uncertaintyTakesTime: 'onTimeout...',
  whoIn: 'personIn',
  withdrawalTakesTime: 'onTimeout...',
});

/** Names of files that are gone, without their endings. Files with one of the words above in their names are found anyway. */
export const FILES = names({
  compose: 'app.ts',
  dossiers: 'profiles.ts',
  elsewhere: 'the name of the thing',
  frame: 'common-fields.ts',
  insights: 'slow-facts.ts',
  letters: 'card-messages.ts',
  line: 'runner.ts',
  measures: 'metrics.ts',
  memory: 'conversations.ts, seen-activities.ts',
  moments: 'time-format.ts',
  moves: 'steps.ts',
  'names-of-things': 'labels.ts',
  post: 'outbox.ts',
  press: 'card-action.ts',
  pressed: 'on-action.ts, action-event.ts',
  said: 'on-message.ts',
  seats: 'people.ts',
  told: 'confirmation.json',
  ways: 'take-case-to.ts',
  who: 'extract-person.ts',
  wording: 'locales/',
});

/** Ordinary English, and words that are not ours. `where` narrows it to some files. */
export interface Ordinary {
  readonly says: RegExp;
  readonly where?: RegExp;
  readonly why: string;
}

export const ORDINARY: readonly Ordinary[] = [
  { says: /\b(?:letter by letter|to the letter)\b/gi, why: 'figures of speech' },
  {
    says: /\b(?:one|two|three|four|first|last|small|capital|fullwidth|look-alike|lower-case|upper-case|latin|greek)[- ]letters?\b/gi,
    why: 'characters of a text',
  },
  {
    says: /\bletters?(?=,? (?:and|or) (?:digits?|numbers?)\b|, digits)|\bdigits (?:and|or) letters\b/gi,
    why: 'characters of a code',
  },
  {
    says: /\bletters?(?:Of)?\b/gi,
    where: /^(?:src|test)\/intents\/|plain-text/,
    why: 'characters of what people type',
  },
  { says: /\bletter\b/g, where: /^scripts\/draw-icons\.ts$/, why: 'the letter in the icon' },
  { says: /\bthe letters in the picture\b/gi, why: "the puzzle on Microsoft's reset page" },
  {
    says: /\btable letters\b|\bletters rename to\b/g,
    where: /^src\/ledger\//,
    why: 'a table of ledgers written by 0.1.0',
  },
  {
    says: /\b(?:case\.)?picture[.-]read(?:\.(?:intent|outcome)|-again)?\b/g,
    why: 'codes in ledgers written by 0.1.0, which stay readable',
  },
  { says: /\buser \(?cancelled\b/gi, why: "a text of Microsoft's audit log" },
  {
    says: /\b(?:licen[cs]es?|organisation)\b/gi,
    where: /^src\/intents\/phrases\//,
    why: 'what people write, in any spelling',
  },
  { says: /\bAPPLICATION_INSIGHTS\w*/g, why: "a setting of Microsoft's" },
  { says: /\bletter-spacing\b/g, why: 'a property of CSS' },
  {
    says: /\bhouse\b/g,
    where: /^demo\/(?:start\.ts|teams\/page\/main\.js|teams\/practice-routes\.ts)$/,
    why: 'a key of the documented HTTP contract',
  },
  { says: /\bdesk key\b/g, where: /fernhill\.json$/, why: 'what somebody called their security key' },
  { says: /\bhouse numbers?\b/gi, why: 'part of an address' },
  {
    says: /\b(?:front|service|reception|help|it)[- ]desks?\b|\bdesk phones?\b/gi,
    why: 'places, telephones, and what people call us',
  },
  { says: /\bat (?:her|his|their|your|a) desks?\b/gi, why: 'where people work' },
  { says: /\bload:desk\b/g, why: 'the name of a script: the load of a whole service desk' },
  { says: /\bmeeting rooms?\b|\broom \d+|\b(?:make|no|more|with|enough|leave) room\b/gi, why: 'a place, or space' },
  { says: /\bwalks? [^.]{0,50}\bthrough\b/gi, why: 'to guide through' },
  { says: /\baddress book\b/gi, why: 'a list of addresses' },
  { says: /\bnext door\b|\bdoor of the\b/gi, where: /\.json$/, why: 'a place' },
  { says: /teams\\?\/cast\b/g, why: 'a route of the practice page that its users know' },
  { says: /casts?(?![a-z])/gi, where: /^(?:src|docs)\/|\/tenant\//, why: 'the term of OData and of TypeScript' },
  {
    says: /\bbench\b/gi,
    where: /^scripts\/measure-first-card\.ts$|^README\.md$/,
    why: 'short for benchmark, the name of an npm script',
  },
  { says: /\bdossiers?\b/gi, where: /phrases\/french\.ts$|phrasings\.json$/, why: 'French for a case' },
  {
    says: /.+/g,
    where: /intents\/labeled(?:-later)?\/|phrase-patterns\/|classifier\/(?:weights\.json|concepts\.ts)$/,
    why: 'what people say at a helpdesk',
  },
];

/** Spellings of another country, and the formula that every file once began with. */
export const PHRASES = names({
  'the one rule kept here': 'the rule itself, in a sentence of its own',
  authorisation: 'authorization',
  authorise: 'authorize',
  behaviour: 'behavior',
  cancelled: 'canceled',
  colour: 'color',
  favour: 'favor',
  licence: 'license',
  neighbour: 'neighbor',
  organisation: 'organization',
  recognise: 'recognize',
  recognised: 'recognized',
});

/**
 * English: the words of the cards that answer, beside those of a case.
 * The one rule kept here: what happened, then what next; never a threat, never blame.
 */

/** Words of the template with the same name. */
export const otherCards = {
  refused: {
    headline: 'Nobody at the helpdesk sets a password',
    readOut: 'Read this to the caller',
    pressure: 'If they push',
    logged: 'The request was written down. Asking is fine; it changes nothing.',
    open: 'Open the lockout procedure',
    openAsk: 'Open the lockout procedure',
    queryLabel: 'Who is locked out? Sign-in name, email, employee number or name.',
    queryError: 'Write who is locked out.',
    backToCase: 'Go on with the case',
  },
  refusal: {
    showCase: 'Open the case',
  },
  pass: {
    headline: 'Read it out now. It is shown once',
    where: 'Say: "Open aka.ms/mysecurityinfo, type your work email, then this pass."',
    spell: 'Letter by letter',
    readOut: 'They have typed it in',
    withdraw: 'Something is wrong. Delete it',
    once: 'Do not send it, write it down or copy it. When this card is gone, it is gone.',
    oneTime: 'It works once. After signing in they have 10 minutes to register a method.',
    manyTimes: 'It works until it runs out. Let them register a method at once.',
  },
};

/** How a pass is spelled on the phone. */
export const spelling = {
  capital: (word: string): string => `capital ${word}`,
  small: (word: string): string => `small ${word}`,
  digit: (word: string): string => `digit ${word}`,
  unknownSign: (sign: string): string => `the sign ${sign}`,
  join: ', ',
  alphabet: [
    ...['alfa', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett', 'kilo', 'lima'],
    ...['mike', 'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango', 'uniform', 'victor', 'whiskey'],
    ...['x-ray', 'yankee', 'zulu'],
  ],
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  signs: {
    '+': 'plus',
    '-': 'hyphen',
    _: 'underscore',
    '=': 'equals sign',
    '*': 'star',
    '!': 'exclamation mark',
    '?': 'question mark',
    '#': 'hash',
    $: 'dollar',
    '%': 'percent',
    '&': 'ampersand',
    '@': 'at sign',
    '^': 'caret',
    '~': 'tilde',
    '.': 'dot',
    ',': 'comma',
    ':': 'colon',
    ';': 'semicolon',
    '/': 'slash',
    '\\': 'backslash',
    '|': 'vertical bar',
    '(': 'open round bracket',
    ')': 'close round bracket',
    '[': 'open square bracket',
    ']': 'close square bracket',
    '{': 'open curly bracket',
    '}': 'close curly bracket',
    '<': 'less than',
    '>': 'greater than',
    "'": 'single quote',
    '"': 'double quote',
    '`': 'back quote',
  } as Readonly<Record<string, string>>,
};

/** The line that notifications and screen readers get. No names: it may show on a locked screen. */
export const summaries = {
  manualReset: 'A manual reset is never possible. Here is what to say.',
  pass: 'The pass, shown once.',
};

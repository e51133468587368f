/**
 * English: the card that shows a pass, and how a pass is spelled on the phone.
 */

/** The texts of the template `pass`. */
export const passCards = {
  pass: {
    headline: 'Read the pass out now. It is shown only once',
    where: 'Say: "Open aka.ms/mysecurityinfo, type your work email, then this pass."',
    spell: 'Letter by letter',
    readOut: 'They have typed it in',
    withdraw: 'Something is wrong. Delete the pass',
    once: 'Do not send it, write it down or copy it. Once this card is gone, the pass cannot be shown again.',
    oneTime: 'It works once. After signing in they have 10 minutes to register a method.',
    manyTimes: 'It works until it expires. Have them register a method right away.',
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

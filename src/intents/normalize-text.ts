/**
 * Two forms of one text: the one that is shown, and the one that is compared. Look-alike letters, fullwidth forms,
 * accents and invisible characters do not change what is recognized. Only comparisons use the normalized form; a name
 * is kept as it was written.
 */

/** How many characters of a message are read: a pasted mail asks for something in its last line, too. Teams sends less. */
export const CHARACTERS_READ = 30_000;

/** Small capitals and letters of other scripts that look like Latin ones; each letter of `from` is above its `to`. */
const LOOK_ALIKES: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'авеёіїјкмнорсѕтухһԁԛԝӏвгп', to: 'abeeiijkmhopcstyxhdqwlbrn' },
  { from: 'αβεζηικλμνοπρστυχωγ', to: 'abeznikluvonpstuxwy' },
  { from: 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ', to: 'abcdefghijklmnopqrstuvwyz' },
  { from: 'ıłđħøðþƿɑɡɩɪ', to: 'ildhodppagii' },
];

const SAME_CHARACTERS = new Map<string, string>([
  ...LOOK_ALIKES.flatMap(({ from, to }) =>
    lettersOf(from).map((letter, at): [string, string] => [letter, to[at] ?? letter]),
  ),
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
]);

/** The code points of a text. Joined emoji are split, which does not matter, since no phrase contains one. */
export function lettersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** Digits and signs that people write in place of letters (leetspeak): p4ssw0rd, pa$$word. */
const LEET_DIGITS = new Map(Object.entries({ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' }));
const LEET_SIGNS = new Map(Object.entries({ $: 's', '@': 'a', '!': 'i', '€': 'e' }));

const INVISIBLE = /[\p{Cf}\p{Cs}\u034f\u115f\u1160\u2800\u3164\uffa0\ufe00-\ufe0f]/gu;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u0060\u00b4\u2032]/gu;
const MARKS = /\p{M}/gu;

/**
 * The text to work with: at most `CHARACTERS_READ` UTF-16 units of it, with compatibility forms composed, invisible
 * characters removed, control characters replaced by spaces, and all apostrophes alike.
 */
export function cleaned(text: string): string {
  return text
    .slice(0, CHARACTERS_READ)
    .toWellFormed()
    .replace(APOSTROPHES, "'") // before composing, because NFKC splits some of them
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\p{Cc}/gu, (control) => (control === '\n' ? '\n' : ' '))
    .replace(/\ufffd/gu, '')
    .slice(0, 2 * CHARACTERS_READ);
}

/** One cleaned word as it is compared: lower case, Latin letters, without accents and apostrophes. */
export function normalized(word: string): string {
  let key = '';
  for (const letter of word.toLowerCase().normalize('NFD').replace(MARKS, '').replaceAll("'", '')) {
    key += SAME_CHARACTERS.get(letter) ?? letter;
  }
  return key;
}

/** A normalized word with its digits and signs read as letters; the same word when it contains no letter. */
export function withoutLeet(key: string): string {
  if (!/\p{L}/u.test(key)) return key;
  let plain = '';
  for (const sign of key) plain += LEET_DIGITS.get(sign) ?? LEET_SIGNS.get(sign) ?? sign;
  return plain;
}

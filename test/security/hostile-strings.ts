/**
 * Texts that an attacker could put wherever a text is read: in a name in the directory, in a message, in the field of a button.
 * Two hundred and more are listed by what they try; ten thousand are made by chance, from the signs that do harm.
 */
import fc from 'fast-check';
import { SAMPLE_SEED } from '../lane.ts';

const WORDS = ['alert(55)', 'reset the password', 'approve', 'admin'] as const;

/** Breaking out of a card: template expressions, functions that a client fills in, markdown, mentions. */
const CARD = [
  '${title}', '${$root}', '${$root.pass}', '${$data}', '${if(true, "a", "b")}', '${json($root)}', '$${title}', '${', '}', '{{}}',
  '{{DATE(2026-01-01T00:00:00Z,SHORT)}}', '{{TIME(2026-01-01T00:00:00Z)}}', '{{x}', '{{{x}}}', '$\u200B{title}', '\\${title}', '${strings.headline}',
  '**bold**', '_italic_', '# title', '- list', '1. list', '> quote', '`code`', '```\nblock\n```', '| a | b |', '~~gone~~', '---',
  '[Reset here](https://evil.example)', '[x](javascript:alert(55))', '![x](https://evil.example/x.png)', '<https://evil.example>',
  '[aka.ms/sspr](https://evil.example)', 'https://evil.example/sspr', 'aka.ms/sspr?x=1', 'tel:112', 'mailto:x@evil.example', '[ref]: https://evil.example',
  '<at>everyone</at>', '<at id="0">Tess</at>', '@everyone', '&lt;at&gt;everyone&lt;/at&gt;', '<br>', '<b>x</b>', '</TextBlock>', '"}],"actions":[{"type":"Action.OpenUrl"',
]; // prettier-ignore

/** Breaking out of a query, a path, a log line, a file. */
const QUERY = [
  "'", "''", "' or 1 eq 1", "') or startswith(displayName,'", "x' or 'x' eq 'x", "O'Brien", '"', '\\"', '" OR "displayName:', '\\', '\\\\', '%27', '%2527',
  '$filter=id ne null', '&$select=passwordProfile', '?$expand=*', '#', '/../me', '../../users', '..\\..', '%2e%2e%2f', '/users/x/authentication', ';', '--', '/*', '*/',
  '\'; DROP TABLE cases; --', '" ; DELETE FROM entries', "1' UNION SELECT secret", '%00', '%0d%0aX-Admin: 1', '\r\nX-Admin: 1', '\n{"level":50,"msg":"forged"}',
  '{"$ne":null}', '{"__proto__":{"admin":true}}', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '[object Object]',
  '$(id)', '`id`', '| id', '&& id', '; id', '%n%s%x', '{0}', '{{constructor.constructor("x")()}}', '<%= 1 %>', '#{1}', '@{1}', '*{1}', '${{1}}',
]; // prettier-ignore

/** Markup and scripts, for whoever shows a log or a card in a browser. */
const MARKUP = [
  '<script>alert(55)</script>', '<img src=x onerror=alert(55)>', '"><svg onload=alert(55)>', 'javascript:alert(55)', 'data:text/html,<script>', 'vbscript:x', '<iframe src=x>',
  "' onmouseover='alert(55)", '<!--', '-->', '<![CDATA[', ']]>', '<?xml version="1.0"?>', '&#x3C;script&#x3E;', '&amp;', '&#0;', '<a href="x">', '<style>*{}</style>',
  '\\u003cscript\\u003e', '\\x3cscript\\x3e', '<math><mi>', '{{7*7}}', '=cmd|\'/C calc\'!A0', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '=HYPERLINK("https://evil.example")',
]; // prettier-ignore

/** Signs that hide, reorder, join or break. */
const SIGNS = [
  '\u202Etxet desrever\u202C', '\u2066left\u2069', '\u2067right\u2069', '\u2068x', '\u200Bzero\u200Bwidth', '\u200C', '\u200D', '\uFEFFbom', '\u2060joined', '\u00ADsoft', '\u034F',
  '\u0000null', '\u0007bell', '\u001B[31mred\u001B[0m', '\u001B]8;;https://evil.example\u0007x', '\u0085next', '\u2028line', '\u2029paragraph', 'a\rb', 'a\nb', 'a\tb', '\v', '\f',
  '\uD800', '\uDC00', 'x\uD83D', '\uD83D\uDE00', '\uFFFE', '\uFFFF', '\uFFFD', '\uE000', '\u{F0000}', '\u{E0001}tag', '\u{E0041}', '\u{1F468}\u200D\u{1F469}', '\u{10FFFF}',
  'Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309algo', `e${'\u0301'.repeat(500)}`, '\u0345', '\u1160', '\u3164', '\u115F', '\uFFA0', '\u2800', '\u180E', '\u061C',
  '\u0430dmin', 'Tess Lindqvi\u0455t', '\u03A9', 'ｒｅｓｅｔ', 'ʳᵉˢᵉᵗ', '𝐫𝐞𝐬𝐞𝐭', 'r\u0336e\u0336s\u0336e\u0336t', 'İstanbul', 'ß', 'ŉ', 'ﬁ', '½', 'Ⅳ', '٣', '۳', '３',
]; // prettier-ignore

/** Sizes, and texts that look like something else. */
const SIZES = [
  '', ' ', '   ', '\u00A0', '.', '..', '0', '-1', '1e309', '9'.repeat(40), '0x10', '1'.repeat(400), 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(1000), 'x '.repeat(5000),
  'very long '.repeat(1000), 'unbroken.'.repeat(300), '('.repeat(1000), '['.repeat(1000), '{'.repeat(1000), '*'.repeat(1000), 'a@'.repeat(500), '\u{1F468}\u200D'.repeat(300),
  'a0000000-0000-4000-8000-000000000010', '00000000-0000-0000-0000-000000000000', 'case 12', 'case 99999999999999999999', 'lockdown', 'mode normal', 'W+d9K0xO',
  'DOMAIN\\user', 'user@evil.example', '+49 30 55501011', '112', '2026-02-30', '99:99', 'true ', 'yes', 'approve', 'issue-pass', 'case.opened', 'hardline',
]; // prettier-ignore

/** By hand: more than two hundred. */
export const LISTED: readonly string[] = [
  ...new Set([...CARD, ...QUERY, ...MARKUP, ...SIGNS, ...SIZES, ...WORDS.map((word) => `${word}\u202E\${x}`)]),
];

const SHARP = Array.from(
  '{}$[]()*_`~#\\/<>&|"\'=;:%@!?+-.,\r\n\t \u0000\u001B\u00AD\u0301\u200B\u200D\u202E\u2028\u2066\uD800\uDC00\uFEFF👩é中ش',
);

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...SHARP), maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...LISTED), fc.constantFrom(...LISTED)).map(([one, other]) => `${one}${other}`),
  },
);

/** By chance: so many, the same in every run. */
export function generated(count: number): readonly string[] {
  return fc.sample(text, { numRuns: count, seed: SAMPLE_SEED });
}

/**
 * A directory written by an attacker: every text of people carries markup, expressions and tricks, and a canary to find it by.
 * Whatever field is asked for, the answer is as bad as it can be.
 */
import type { Texts } from './example-views.ts';

/** Stands in every hostile text, so that a test can find where it went. */
export const CANARY = 'Canary';

const TRICKS: readonly string[] = [
  '[Reset here](https://evil.example) **now** ${title} ${strings.headline}',
  '{{DATE(2026-01-01T00:00:00Z,SHORT)}} ${caseId} {{TIME(x)}}',
  '\u202Etxet desrever\u202C \u200Bzero\u200D\uFEFF\u2066 width',
  'line\r\nbreak\u2028\u2029 <at>everyone</at> <b>bold</b> \u0000\u001B[31m',
  'very long '.repeat(1000),
  'unbroken.'.repeat(300),
  'https://evil.example/sspr `code` # title\n- list \uD800 lone',
  `Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307${'\u0308'.repeat(5000)}algo ${'👩‍👩‍👧‍👦'.repeat(400)}`,
  '\'; DROP TABLE cases; -- " } ] , \\',
];

/** Every field is hostile; which trick it carries depends on the field's name and its ordinary text. */
export const hostile: Texts = (field, ordinary) => {
  const pick = Buffer.from(`${field}${ordinary}`).reduce((sum, byte) => sum + byte, 0) % TRICKS.length;
  return `${CANARY} ${TRICKS[pick] ?? ''}`;
};

/** One text for every field: each trick in turn. */
export const hostileInTurn: readonly Texts[] = TRICKS.map((trick) => () => `${CANARY} ${trick}`);

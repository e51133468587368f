/**
 * The sign-in methods that were registered while there was a pass, after somebody said "This was not me". They stay when the pass is
 * gone, so they are named; and when they could not be read, the card says so instead of showing none.
 */
import type { Reading, RegisteredMethod } from '../procedure/facts.ts';
import { clean, row } from './card-fields.ts';
import type { CardFields } from './templates.ts';
import type { Strings } from './strings.ts';

/** The fields of the part `left-behind`. `null`: there was no pass, or nobody objected, and the part is not shown. */
export function leftBehindFields(
  leftBehind: Reading<readonly RegisteredMethod[]> | null,
  strings: Strings,
): CardFields {
  const words = strings.phrases.leftBehind;
  const methods = leftBehind?.kind === 'read' ? leftBehind.value : [];
  return {
    hasLeftBehind: leftBehind !== null,
    leftBehindLead: leftBehind?.kind === 'unread' ? words.unread : methods.length > 0 ? words.some : words.none,
    leftBehind: methods.map(({ kind, masked }) => {
      return row(strings.labels.methodKinds[kind], clean(masked, words.mustBeRemoved), 'attention');
    }),
  };
}

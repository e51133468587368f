/**
 * Why a number cannot be called. "Changed recently" is said only of a change that was seen.
 */
import type { NumberView } from '../casework/ports/card-views.ts';

/** What is shown beside a number that cannot be called. */
export type NumberTrouble = NonNullable<NumberView['whyNot']> | 'not-watched-long-enough';

/** The reason to show; `null` when the number can be called. */
export function troubleOf({ number, usable, whyNot }: NumberView): NumberTrouble | null {
  if (usable || whyNot === null) return null;
  return whyNot === 'changed-lately' && number.age.kind === 'read' && !number.age.value.changed
    ? 'not-watched-long-enough'
    : whyNot;
}

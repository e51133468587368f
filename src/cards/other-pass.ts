/**
 * A pass that nobody created through Hardline: that it works, and since when. It is named on every card that says why there is no
 * pass of ours.
 */
import type { Case } from '../procedure/case.ts';
import { row, type Row } from './card-fields.ts';
import { clock } from './time-format.ts';
import type { Strings } from './strings.ts';

/** The row about it; none when there is no such pass, or it could not be read. */
export function otherPassRows(
  { facts: { existingPass } }: Pick<Case, 'facts'>,
  view: Parameters<typeof clock>[1],
  strings: Strings,
): readonly Row[] {
  if (existingPass.kind !== 'read' || existingPass.value?.alive !== true) return [];
  const { createdAt } = existingPass.value;
  const words =
    createdAt === null ? strings.values.otherPassNoTime : strings.phrases.otherPass(clock(createdAt, view, strings));
  return [row(strings.rowLabels.otherPass, words, 'attention')];
}

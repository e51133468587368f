/**
 * A pass that signs in and that no case explains: somebody created it outside Hardline. The leads hear of it in the step in which it
 * is first seen, whatever becomes of the case; the attacker may be using it while the caller resets their password.
 */
import type { Case } from './case.ts';
import type { Effect } from './effects.ts';
import type { Step } from './step.ts';

/** The alarm about the pass that a new case shows; empty when there is none. */
export function alarmsAtOpening(opened: Case): readonly Effect[] {
  return foreignPassOf(opened) === null ? [] : [ALARM];
}

/**
 * A step with the alarm, when the case did not know of the pass before it. While the case knows of the pass, there is no second alarm.
 * There is one when a read in between did not show it: the pass could not be read then, or could not be used. What the bot reads by
 * itself and cannot read changes nothing, because the case keeps what it knew.
 */
export function withForeignPassAlarm(before: Case, taken: Step): Step {
  if (taken.kind !== 'moved') return taken;
  const pass = foreignPassOf(taken.case);
  if (pass === null || pass === foreignPassOf(before)) return taken;
  return { ...taken, effects: [...taken.effects, ALARM] };
}

const ALARM: Effect = { kind: 'alarm-leads', alarm: 'foreign-pass' };

/** The id of the pass; `null` when there is none, when it cannot be used, or when it is this case's own. */
function foreignPassOf({ facts: { existingPass }, issued }: Case): string | null {
  const pass = existingPass.kind === 'read' ? existingPass.value : null;
  return pass?.alive !== true || issued?.passIds.includes(pass.passId) === true ? null : pass.passId;
}

/** Reads the answer of a step in a test: what moved, or why not. */
import assert from 'node:assert/strict';
import type { Case } from '../../src/procedure/case.ts';
import type { Step } from '../../src/procedure/step.ts';

export function moved(result: Step): { readonly case: Case; readonly effects: readonly string[] } {
  assert.ok(result.kind === 'moved', JSON.stringify(result));
  return { case: result.case, effects: result.effects.map((effect) => effect.kind) };
}

export function refusal(result: Step): string {
  assert.ok(result.kind === 'refused', JSON.stringify(result));
  return result.refusal.code;
}

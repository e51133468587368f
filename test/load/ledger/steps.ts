/** Steps of a case in a ledger, one after the other. */
import type { Case } from '../../../src/procedure/case.ts';
import { draft, entry, minutesLater, newCaller } from '../../ledger/fixtures.ts';
import { open } from './filled.ts';

/** One open case that can be moved as often as wanted. */
export async function takeSteps(file: string): Promise<{ step: () => Promise<void>; close: () => Promise<void> }> {
  const ledger = await open(file);
  const at = minutesLater(100_000);
  const begun = await ledger.openCase(
    draft({ caller: newCaller() }),
    (id) => [entry('case.opened', { caseId: id })],
    at,
  );
  let { stored } = begun;
  return {
    async step() {
      const state: Case['state'] = { kind: 'choosing-proof', lastAttempt: null };
      const moved = await ledger.advance(
        stored,
        { ...stored.case, state },
        [entry('case.went-back', { caseId: stored.case.id })],
        at,
      );
      if (moved.kind === 'stale') throw new Error('nobody else moves this case');
      ({ stored } = moved);
    },
    close: () => ledger.close(),
  };
}

/**
 * What every implementation of the Ledger port promises when several processes work on one database.
 * Run it with `twoProcessesContract(name, start)`; `start` gives two connections to one empty ledger each time.
 */
import assert from 'node:assert/strict';
import type { CaseId } from '../../src/procedure/case.ts';
import type { Ledger, LedgerEntry } from '../../src/casework/ports/ledger.ts';
import { draft, entry, minutesLater, morning, newCaller, openCase, opened, tess } from '../ledger/fixtures.ts';

interface Started {
  readonly ledgers: readonly [Ledger, Ledger];
  stop(): Promise<void>;
}

export function twoProcessesContract(name: string, start: () => Promise<Started>): void {
  describe(`${name} keeps the promises of the ledger between two processes`, () => {
    let one: Ledger;
    let two: Ledger;
    let stop: () => Promise<void>;

    beforeEach(async () => {
      const started = await start();
      [one, two] = started.ledgers;
      stop = () => started.stop();
    });
    afterEach(() => stop());

    const took = (id: CaseId): readonly LedgerEntry[] => [entry('case.went-back', { caseId: id })];
    const both = <T>(ask: (ledger: Ledger) => Promise<T>): Promise<T[]> => Promise.all([one, two].map(ask));

    it('opens one case when both open one about the same caller at the same moment, fifty times out of fifty', async () => {
      for (let round = 0; round < 50; round += 1) {
        const wanted = draft({ caller: newCaller() });
        const answers = await both((ledger) => ledger.openCase(wanted, opened, morning));
        assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['already-open', 'opened']);
        assert.deepEqual(answers[0]?.stored, answers[1]?.stored);
      }
      assert.equal((await two.openCases()).length, 50);
    });

    it('lets one step win when both take one from the same state', async () => {
      const stored = await openCase(one);
      const answers = await both((ledger) => ledger.advance(stored, stored.case, took(stored.case.id), morning));
      assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['stale', 'written']);
    });

    it('takes no step that was decided before the other one wrote what it depends on', async () => {
      const stored = await openCase(one);
      await two.record([entry('mode.lockdown', { about: null })], morning);
      const unlessNewer = { codes: ['mode.lockdown'], than: 0 };
      const answer = await one.advance(stored, stored.case, took(stored.case.id), morning, { unlessNewer });
      assert.deepEqual(answer, { kind: 'stale' });
    });

    it('records a message once when it reaches both', async () => {
      const conversation = { person: tess, reference: 'r', language: 'en' };
      const arrival = { activityId: '1:a', conversation, roles: [] };
      const answers = await both((ledger) => ledger.recordArrival(arrival, [], morning));
      assert.deepEqual(answers.sort(), ['first', 'repeated']);
    });

    it('leaves a card alone that shows a pass of the other one', async () => {
      const stored = await openCase(one);
      const { id } = stored.case;
      await one.advance(stored, stored.case, took(id), morning, { holdCardUntil: minutesLater(60) });
      assert.equal(await two.isCardHeld(id, minutesLater(1)), true);
      await two.releaseCard(id);
      assert.equal(await one.isCardHeld(id, minutesLater(1)), false);
    });
  });
}

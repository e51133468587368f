import assert from 'node:assert/strict';
import { withTurns } from '../../src/casework/steps/entries-of-turns.ts';
import { asNewTurn, turnId } from '../../src/casework/ports/turn-id.ts';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { counting, draft, entry, morning, newCaller, opened, scratch } from '../ledger/fixtures.ts';

describe('The turn of an entry', () => {
  const { file, clean } = scratch();
  let raw: OpenedLedger;
  before(async () => {
    raw = await openLedger({ file, now: () => morning, newId: counting() });
  });
  after(async () => {
    await raw.close();
    clean();
  });

  it('is the one in which its write was asked for, also when the writes of two turns share a transaction', async () => {
    const ledger = withTurns(raw);
    const write = (turn: string) => {
      const caller = newCaller();
      const about = { before: [entry('of.a-read', { about: caller })] };
      return asNewTurn(turn, async () => {
        const opening = await ledger.openCase(draft({ caller }), (id) => opened(id), morning, about);
        assert.equal(turnId(), turn, 'what comes after the write is in the same turn');
        await ledger.advance(opening.stored, opening.stored.case, opened(opening.stored.case.id), morning, about);
        return opening.stored.case.id;
      });
    };
    const turns = ['a', 'b', 'c'];
    const ids = await Promise.all(turns.map(write));
    const entries = await raw.entries({ caseId: null, limit: 100 });
    for (const [index, turn] of turns.entries()) {
      const own = entries.filter((one) => one.turn === turn);
      assert.equal(own.length, 4);
      assert.ok(own.every(({ caseId }) => caseId === null || caseId === ids[index]));
    }
  });
});

// The counting behind the limits of one person, exact to the press and to the millisecond.
import assert from 'node:assert/strict';
import { Fault } from '../../src/casework/ports/fault.ts';
import type { LedgerEntry } from '../../src/casework/ports/ledger.ts';
import { createSenderLimits, SENDER_LIMITS } from '../../src/casework/steps/sender-limits.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { NOW } from '../procedure/people.ts';
import { STRANGER, TESS } from './fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIGURES = { refusalsPerMinute: 2, looksPerMinute: 2, searchesPerHour: 2 };

const refused = (actor: LedgerEntry['actor']): LedgerEntry => ({
  ...{ code: 'case.refused', actor, about: null, caseId: null, intentId: null },
  detail: { because: 'not now' },
});
const counted = (actor: PersonId, count: number): LedgerEntry => ({
  ...{ code: 'refusals.counted', actor, about: null, caseId: null, intentId: null },
  detail: { count, seconds: 60 },
});

/** The limits over a ledger that keeps what it is given, or fails. */
function setUp(figures = FIGURES) {
  const state = { clock: 0, fails: false };
  const written: (readonly LedgerEntry[])[] = [];
  const limits = createSenderLimits({
    ledger: {
      record(entries, at) {
        assert.equal(at, NOW);
        if (state.fails) return Promise.reject(new Fault('ledger-unwritable', { internal: 'test' }));
        written.push(entries);
        return Promise.resolve();
      },
    },
    runtime: { now: () => NOW },
    timing: { clock: () => state.clock },
    figures,
  });
  const refuse = (actor: PersonId, times: number) =>
    Array.from({ length: times }, () => limits.refusal(refused(actor)).length);
  return { state, written, limits, refuse };
}

describe('Refusals of one person', () => {
  it('have an entry each up to the limit, the last of which says that further ones are counted', () => {
    const { limits } = setUp();
    assert.deepEqual(limits.refusal(refused(TESS)), [refused(TESS)]);
    const last = { ...refused(TESS), detail: { because: 'not now', furtherOnesAreCounted: true } };
    assert.deepEqual(limits.refusal(refused(TESS)), [last]);
    assert.deepEqual(limits.refusal(refused(TESS)), []);
  });

  it('of the bot itself always have their entry', () => {
    const { limits } = setUp();
    for (let press = 0; press < 10; press += 1)
      assert.deepEqual(limits.refusal(refused('hardline')), [refused('hardline')]);
  });

  it('that are over the limit become one entry with their number when the minute is over, and not before', async () => {
    const { state, written, limits, refuse } = setUp();
    assert.deepEqual(refuse(TESS, 5), [1, 1, 0, 0, 0]);
    state.clock = MINUTE - 1;
    await limits.writeCounts('ended');
    assert.deepEqual(written, []);
    state.clock = MINUTE;
    await limits.writeCounts('ended');
    assert.deepEqual(written, [[counted(TESS, 3)]]);
    await limits.writeCounts('ended');
    assert.equal(written.length, 1, 'once, and nothing is written when there is nothing to say');
  });

  it('are counted for each person and for each minute apart', async () => {
    const { state, written, limits, refuse } = setUp();
    refuse(TESS, 4);
    state.clock = 10;
    refuse(STRANGER, 3);
    state.clock = MINUTE;
    assert.deepEqual(refuse(TESS, 3), [1, 1, 0], 'a new minute begins with an entry each');
    state.clock = MINUTE + 9;
    await limits.writeCounts('ended');
    assert.deepEqual(written, [[counted(TESS, 2)]], 'the minute of the other person is not over');
    await limits.writeCounts('all');
    assert.deepEqual(written[1], [counted(STRANGER, 1), counted(TESS, 1)]);
    await limits.writeCounts('all');
    assert.equal(written.length, 2);
  });

  it('stay counted when the ledger could not be written, and those that come meanwhile are added', async () => {
    const { state, written, limits, refuse } = setUp();
    refuse(TESS, 3);
    refuse(STRANGER, 3);
    state.fails = true;
    await assert.rejects(limits.writeCounts('all'), Fault);
    refuse(STRANGER, 1);
    state.fails = false;
    await limits.writeCounts('all');
    assert.deepEqual(written, [[counted(TESS, 1), counted(STRANGER, 2)]]);
  });
});

describe('Looks and searches of one person', () => {
  it('are granted up to the limit within a minute that begins with the first look', () => {
    const { state, limits } = setUp();
    state.clock = 5;
    assert.deepEqual([limits.mayLook(TESS), limits.mayLook(TESS), limits.mayLook(TESS)], [true, true, false]);
    assert.equal(limits.mayLook(STRANGER), true);
    state.clock = MINUTE + 4;
    assert.equal(limits.mayLook(TESS), false);
    state.clock = MINUTE + 5;
    assert.equal(limits.mayLook(TESS), true);
  });

  it('are reported once an hour: the first search over the limit, until it is written down, and then no further one', () => {
    const { state, limits } = setUp();
    const search = () => limits.maySearch(TESS);
    assert.deepEqual(
      [search(), search(), search(), search()],
      ['granted', 'granted', 'just-exceeded', 'just-exceeded'],
    );
    limits.searchesReported(TESS);
    assert.deepEqual([search(), search()], ['exceeded', 'exceeded']);
    assert.equal(limits.maySearch(STRANGER), 'granted', 'nobody else is held up');
    state.clock = HOUR - 1;
    assert.equal(search(), 'exceeded');
    state.clock = HOUR;
    assert.deepEqual([search(), search(), search()], ['granted', 'granted', 'just-exceeded'], 'the next hour, anew');
  });
});

describe('The limits that hold where nothing is configured', () => {
  it('are 30 refusals and 60 looks a minute, and 200 searches an hour', () => {
    const { limits, refuse } = setUp(SENDER_LIMITS);
    const times = (count: number, once: () => boolean) => Array.from({ length: count }, once).filter(Boolean).length;
    assert.equal(refuse(TESS, 100).filter((entries) => entries === 1).length, 30);
    assert.equal(
      times(100, () => limits.mayLook(TESS)),
      60,
    );
    assert.equal(
      times(300, () => limits.maySearch(TESS) === 'granted'),
      200,
    );
  });
});

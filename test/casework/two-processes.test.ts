/** What holds for one process holds for two on one ledger: the database says so, and the memory of neither. */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ADA, LENA, liveOf, TESS, TOM } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { entriesOf, only, takeTo } from './take-case-to.ts';
import { twoProcessesForEachTest } from './two-processes.ts';

const headline = (at: Harness, person: PersonId): string => readCard(at.chats.of(person).at(-1)?.card ?? {}).headline;

/** Every intent has its outcome, and no intent two. */
async function assertOneOutcomeEach(at: Harness): Promise<void> {
  const entries = await at.ledger().entries({ caseId: null, limit: 10_000 });
  const ids = (phase: string): readonly (string | null)[] =>
    entries.filter(({ code }) => code.endsWith(phase)).map(({ intentId }) => intentId);
  assert.deepEqual(ids('.outcome').toSorted(), ids('.intent').toSorted());
}

describe('Two processes on one ledger', () => {
  const both = twoProcessesForEachTest();
  const orders = (): number => both().one.fixtures.writes.filter(({ what }) => what === 'create').length;
  const opened = (): Promise<readonly RecordedEntry[]> => entriesOf(both().two, 'case.opened');

  it('obey a lockdown in the very next step, wherever a lead set it', async () => {
    const { one, two } = both();
    await takeTo(two, 'ready-to-issue');
    await one.says(ADA, 'lockdown on strange calls');
    await two.presses(TESS, 'issue-pass');
    await two.whenIdle();
    assert.equal(orders(), 0);
    assert.deepEqual(await two.ledger().openCases(), []);
  });

  it('decide every step by the mode as it is, and not as they last heard of it', async () => {
    const { one, two } = both();
    await takeTo(two, 'asking-methods');
    await one.says(ADA, 'elevated on strange calls');
    await two.presses(TESS, 'tick-methods');
    await two.presses(TESS, 'seen-in-person');
    const { state } = (await only(two)).case;
    assert.ok(state.kind === 'awaiting-approval');
    assert.ok(state.reasons.includes('elevated-mode'));
    assert.match(JSON.stringify(two.chats.of(TESS).at(-1)?.card), /levated/, 'and their cards say so');
  });

  it('open one case when two technicians ask about one caller in the same moment', async () => {
    const { one, two } = both();
    await Promise.all([one.says(TESS, 'Lena Hartmann is locked out'), two.says(TOM, 'Lena Hartmann is locked out')]);
    await only(one);
    assert.equal((await opened()).length, 1);
    const headlines = [headline(one, TESS), headline(two, TOM)];
    assert.equal(
      headlines.filter((line) => /another technician|colleague|already/i.test(line)).length,
      1,
      headlines.join(),
    );
  });

  it('leave the card alone on which the other one shows a pass, also after a change of mode', async () => {
    const { one, two } = both();
    await takeTo(one, 'ready-to-issue');
    await one.presses(TESS, 'issue-pass');
    await one.whenIdle();
    const shown = one.chats.of(TESS).at(-1)?.card;
    await two.says(ADA, 'elevated on strange calls');
    await two.built().services.outbox.refreshCard((await only(two)).case.id);
    await two.whenIdle();
    assert.equal(one.chats.of(TESS).at(-1)?.card, shown);
    await two.presses(TESS, 'pass-read-out');
    await two.whenIdle();
    assert.notEqual(one.chats.of(TESS).at(-1)?.card, shown, 'it was read out at the other one, and is redrawn');
  });

  it('say the same on their cards about what could not be done, whichever of them tried it', async () => {
    const { one, two } = both();
    await takeTo(one, 'ready-to-issue');
    one.fixtures.creation = 'refused';
    await one.presses(TESS, 'issue-pass');
    await one.whenIdle();
    const { services } = two.built();
    const stored = await only(two);
    const drawn = await services.cardMessages.caseCard(services.cards.in('en'), stored);
    assert.match(JSON.stringify(drawn.card), /refused/i);
  });

  it('send an alarm that reached nobody again once, when both look in the same moment', async () => {
    const { one, two, seconds, bothTick } = both();
    one.fixtures.groupsDown = true;
    await takeTo(two, 'awaiting-callback');
    await two.presses(TESS, 'record-callback', {}, ({ data }) => data['outcome'] === 'answered-by-someone-else');
    await two.whenIdle();
    assert.equal((await entriesOf(two, 'alarm.leads.intent')).length, 1);
    one.fixtures.groupsDown = false;
    seconds(60);
    await bothTick();
    assert.equal((await entriesOf(two, 'alarm.leads.intent')).length, 2);
    assert.equal(one.chats.of(ADA).filter(({ card }) => /Alarm/.test(readCard(card).headline)).length, 1);
    await assertOneOutcomeEach(one);
  });
});

describe('When one of two processes dies', () => {
  const both = twoProcessesForEachTest();

  it('the other one does its work a minute and a half after its last sign of life, and not before', async () => {
    const { one, two, seconds, killOne } = both();
    await takeTo(one, 'asking-methods');
    await killOne();
    for (let waited = 0; waited < 80; waited += 10) {
      seconds(10);
      await two.tick();
    }
    two.passes(24 * 60); // the case has expired by any clock
    await two.tick();
    await only(two);
    seconds(10);
    await two.tick();
    assert.deepEqual(await two.ledger().openCases(), []);
  });

  it('and it goes in order, the other one takes over at its next look', async () => {
    const { one, two } = both();
    await takeTo(one, 'asking-methods');
    one.built().leave();
    await one.whenIdle();
    two.passes(24 * 60);
    await two.tick();
    assert.deepEqual(await two.ledger().openCases(), []);
  });

  it('its order for a pass is settled by the other one: the pass is found and deleted, and nobody saw it', async () => {
    const { one, two, seconds, killOne } = both();
    const order = await orderUnderWay(one, 'answer');
    await killOne();
    assert.ok(liveOf(two.fixtures, LENA) !== null);
    for (let waited = 0; waited <= 120; waited += 10) {
      seconds(10);
      await two.tick();
      await two.whenIdle();
    }
    assert.equal(liveOf(two.fixtures, LENA), null);
    assert.deepEqual(two.shown, []);
    assert.equal((await entriesOf(two, 'pass.create.outcome')).length, 1);
    assert.notEqual((await only(two)).case.state.kind, 'issuing');
    order.goOn();
  });
});

/** Presses *Issue* and stops the process right before it orders the pass, or before it hears the answer. */
async function orderUnderWay(
  at: Harness,
  until: 'order' | 'answer',
): Promise<{ readonly goOn: () => void; readonly pressed: Promise<unknown> }> {
  await takeTo(at, 'ready-to-issue');
  let goOn = (): void => undefined;
  let reached = (): void => undefined;
  const stop = new Promise<void>((resolve) => (goOn = resolve));
  const there = new Promise<void>((resolve) => (reached = resolve));
  let writes = 0;
  const { auditLog, fixtures } = at;
  auditLog.onOrder = () => {
    writes = 1;
  };
  // The first wait comes before the order is written down, the second one when it is.
  auditLog.pause = async () => {
    if (writes === 0 || until === 'answer') return;
    writes += 1;
    if (writes !== 3) return;
    reached();
    await stop;
  };
  if (until === 'answer') {
    fixtures.onWrite = ({ what }) => {
      if (what !== 'create') return;
      fixtures.onWrite = () => undefined;
      const { pause } = fixtures;
      fixtures.pause = () => {
        fixtures.pause = pause;
        reached();
        return stop;
      };
    };
  }
  const pressed = at.presses(TESS, 'issue-pass').catch((error: unknown) => error);
  await there;
  return { goOn, pressed };
}

describe('While one of two processes has an order for a pass under way', () => {
  const both = twoProcessesForEachTest();

  it('the other one leaves it alone, also when it starts in that moment', async () => {
    const { one, two } = both();
    const order = await orderUnderWay(one, 'answer');
    await two.tick();
    await two.restart('crash');
    await two.tick();
    assert.equal((await only(two)).case.state.kind, 'issuing');
    assert.deepEqual(await entriesOf(two, 'pass.create.outcome'), []);
    order.goOn();
    await order.pressed;
    await one.whenIdle();
    assert.equal(one.shown.length, 1);
    assert.equal((await only(two)).case.state.kind, 'awaiting-backup-method');
    await assertOneOutcomeEach(one);
  });

  for (const until of ['order', 'answer'] as const) {
    it(`and stands still before the ${until} for so long that the other one settles it, its pass is seen by nobody`, async () => {
      const { one, two, seconds } = both();
      const order = await orderUnderWay(one, until);
      for (let waited = 0; waited <= 120; waited += 10) {
        seconds(10);
        await two.tick();
        await two.whenIdle();
      }
      const [settled, ...more] = await entriesOf(two, 'pass.create.outcome');
      assert.match(String(settled?.detail['outcome']), /^unknown/);
      order.goOn();
      await order.pressed;
      await one.whenIdle();
      await two.tick();
      await two.whenIdle();
      assert.deepEqual(one.shown, []);
      assert.equal(liveOf(one.fixtures, LENA), null, 'and it does not live');
      assert.deepEqual(more, []);
      await assertOneOutcomeEach(two);
    });
  }
});

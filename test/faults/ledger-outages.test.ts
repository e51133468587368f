import assert from 'node:assert/strict';
import type { Harness } from '../casework/harness.ts';
import { rounds } from '../lane.ts';
import { nothingSeen, standGuard } from '../random/invariants.ts';
import { windDown } from '../random/play.ts';
import { LENA, liveOf, registers, TESS, type DeletionAnswer } from '../casework/fixtures.ts';
import { A_CALL, harnesses } from '../casework/take-case-to.ts';

/** The story of the phone left at home, press by press, by people who try again when they are told to. */
async function phoneLeftAtHome(harness: Harness): Promise<void> {
  await harness.says(TESS, 'Lena Hartmann is locked out');
  await harness.whenIdle();
  if ((await harness.ledger().openCases()).length === 0) await harness.says(TESS, 'Lena Hartmann is locked out');
  await harness.whenIdle();
  for (let press = 0; press < 12; press += 1) {
    const [stored] = await harness.ledger().openCases();
    if (stored === undefined) return;
    const verb = NEXT[stored.case.state.kind];
    if (verb === undefined) break;
    // After a fault the chat shows an apology: the card is asked for again.
    if (harness.find(TESS, verb, (button) => button.data['v'] === stored.version) === null) {
      await harness.says(TESS, `case ${stored.case.id}`);
      await harness.whenIdle();
    }
    const right = (verb === 'record-callback' ? ['answered-by-caller'] : [undefined]) as readonly unknown[];
    const held = harness.find(
      TESS,
      verb,
      ({ data }) => right.includes(data['outcome']) && data['v'] === stored.version,
    );
    if (verb === 'record-callback') harness.passes(A_CALL);
    if (held !== null) await harness.sends(TESS, verb, fill(verb, held.button.data), held.message);
    await harness.whenIdle();
  }
  registers(harness.fixtures, LENA, 'email');
  await harness.tick();
  await harness.whenIdle();
  harness.fixtures.progress.push({
    about: LENA,
    progress: { step: 'succeeded', reason: null, at: harness.fixtures.now },
  });
  await harness.tick();
  await harness.whenIdle();
}

const NEXT: Readonly<Record<string, string>> = {
  'asking-methods': 'tick-methods',
  'choosing-proof': 'choose-callback',
  'awaiting-callback': 'record-callback',
  'ready-to-issue': 'issue-pass',
};
const fill = (verb: string, data: Readonly<Record<string, unknown>>): unknown =>
  verb === 'choose-callback' ? { ...data, number: 'office' } : data;

/** How long the ledger cannot be written. */
const OUTAGES = [
  { name: 'for one write', lasts: 1 },
  { name: 'for three writes', lasts: 3 },
  { name: 'until the bot is started again', lasts: Number.POSITIVE_INFINITY },
] as const;

/** An outage begins at every write; in the quick lane at every twelfth, and at the one that records the new pass. */
const STEP = rounds({ quick: 12, full: 1 });

describe('When the ledger cannot be written', function () {
  this.timeout(140_000);
  const openHarness = harnesses();

  /**
   * Plays the story with an outage that begins at write `from`. Returns how many writes were asked for, in all and before the
   * pass was made, and whether a pass was shown.
   */
  async function play(from: number, lasts: number, deletion: DeletionAnswer) {
    const harness = await openHarness();
    const seen = nothingSeen();
    standGuard(harness, seen, 'may-fail');
    harness.fixtures.deletion = deletion;
    const before = harness.auditLog.writes;
    harness.auditLog.fails = (write) => write - before >= from && write - before < from + lasts;
    const { onWrite } = harness.fixtures;
    let writesBeforePass = 0;
    harness.fixtures.onWrite = (write) => {
      if (write.what === 'create') writesBeforePass = harness.auditLog.writes - before;
      onWrite(write);
    };
    await phoneLeftAtHome(harness);
    const { writes } = harness.auditLog;
    harness.auditLog.fails = () => false;
    if (lasts === Number.POSITIVE_INFINITY) await harness.restart('in-order');
    const shown = harness.shown.length > 0;
    await windDown(harness, seen);
    assert.equal(liveOf(harness.fixtures, LENA), null);
    const created = harness.fixtures.writes.filter((write) => write.what === 'create').length;
    await harness.close();
    return { writes: writes - before, writesBeforePass, shown, created };
  }

  it('the story needs the ledger many times, and without an outage ends with one pass, shown once', async () => {
    const calm = await play(0, 0, 'gone');
    assert.ok(calm.writes > 20 && calm.shown, JSON.stringify(calm));
    assert.equal(calm.created, 1);
  });

  for (const { name, lasts } of OUTAGES) {
    for (const deletion of ['gone', 'not-known'] as const) {
      const graph = deletion === 'gone' ? '' : ', and Graph does not say whether it deleted';
      it(`${name}${graph}: no pass without its intent, none shown unrecorded, and every case settles`, async () => {
        let shown = 0;
        let unseen = 0;
        let played = 0;
        const calm = await play(0, 0, deletion);
        let { writes } = calm;
        for (let from = 1; from <= writes; from += 1) {
          if (from % STEP !== 1 % STEP && from !== calm.writesBeforePass + 1) continue;
          const result = await play(from, lasts, deletion);
          writes = Math.max(writes, Math.min(result.writes, 80));
          if (result.shown) shown += 1;
          else if (result.created > 0) unseen += 1;
          played += 1;
        }
        assert.ok(played > 20 / STEP, `only ${played} outages`);
        assert.ok(shown > 0 && unseen > 0, `shown in ${shown}, made and taken back unseen in ${unseen}`);
      });
    }
  }
});

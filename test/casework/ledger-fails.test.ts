import assert from 'node:assert/strict';
import { scratchFolder, type Bench } from './bench.ts';
import { nothingTold, standGuard } from './invariants.ts';
import { windDown } from './play.ts';
import { LENA, liveOf, registers, TESS, type DeletionAnswer } from './town.ts';
import { freshBench } from './ways.ts';

/** The story of the phone left at home, press by press, by people who try again when they are told to. */
async function phoneLeftAtHome(bench: Bench): Promise<void> {
  await bench.says(TESS, 'Lena Hartmann is locked out');
  await bench.settled();
  if ((await bench.ledger().openCases()).length === 0) await bench.says(TESS, 'Lena Hartmann is locked out');
  await bench.settled();
  for (let press = 0; press < 12; press += 1) {
    const [stored] = await bench.ledger().openCases();
    if (stored === undefined) return;
    const verb = NEXT[stored.case.state.kind];
    if (verb === undefined) break;
    // After a fault the chat shows an apology: the card is asked for again.
    if (bench.find(TESS, verb, (button) => button.data['v'] === stored.version) === null) {
      await bench.says(TESS, `case ${stored.case.id}`);
      await bench.settled();
    }
    const right = (verb === 'record-callback' ? ['answered-by-caller'] : [undefined]) as readonly unknown[];
    const held = bench.find(TESS, verb, ({ data }) => right.includes(data['outcome']) && data['v'] === stored.version);
    if (held !== null) await bench.sends(TESS, verb, fill(verb, held.button.data), held.message);
    await bench.settled();
  }
  registers(bench.town, LENA, 'email');
  await bench.tick();
  await bench.settled();
  bench.town.progress.push({ about: LENA, progress: { step: 'succeeded', reason: null, at: bench.town.now } });
  await bench.tick();
  await bench.settled();
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

describe('When the ledger cannot be written', function () {
  this.timeout(140_000);
  let folder: ReturnType<typeof scratchFolder>;
  before(() => {
    folder = scratchFolder();
  });
  after(() => folder.clean());

  /** The story with an outage that begins at write `from`. Tells how many writes were asked for, and whether a pass was shown. */
  async function play(from: number, lasts: number, deletion: DeletionAnswer) {
    const bench = await freshBench(folder.dir, `fail-${from}-${lasts}-${deletion}`);
    const told = nothingTold();
    standGuard(bench, told, 'may-fail');
    bench.town.deletion = deletion;
    const before = bench.book.writes;
    bench.book.fails = (write) => write - before >= from && write - before < from + lasts;
    await phoneLeftAtHome(bench);
    const { writes } = bench.book;
    bench.book.fails = () => false;
    if (lasts === Number.POSITIVE_INFINITY) await bench.restart('in-order');
    const shown = bench.shown.length > 0;
    await windDown(bench, told);
    assert.equal(liveOf(bench.town, LENA), null);
    const created = bench.town.writes.filter((write) => write.what === 'create').length;
    await bench.close();
    return { writes: writes - before, shown, created };
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
        for (let from = 1, writes = 1; from <= writes; from += 1) {
          const result = await play(from, lasts, deletion);
          writes = Math.max(writes, Math.min(result.writes, 80));
          if (result.shown) shown += 1;
          else if (result.created > 0) unseen += 1;
          played += 1;
        }
        assert.ok(played > 20, `only ${played} outages`);
        assert.ok(shown > 0 && unseen > 0, `shown in ${shown}, made and taken back unseen in ${unseen}`);
      });
    }
  }
});

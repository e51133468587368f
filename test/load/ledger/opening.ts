/** Opening a case by a message, from the message to the first card, beside few and beside many open cases. */

import { LENA, NAMES, TESS } from '../../casework/fixtures.ts';
import { meetEverybody, openHarness, type Harness } from '../../casework/harness.ts';
import { entry } from '../../ledger/fixtures.ts';
import { interleaved, type Figure } from './figures.ts';
import { filledLedger } from './filled.ts';

const MANY = 5000;
const FEW = 5;

export async function measureOpening(within: string): Promise<Figure> {
  const start = async (open: number): Promise<Harness> => {
    const file = await filledLedger({ cases: open, open, entriesPerCase: 2 }, within);
    let ids = 0;
    const harness = await openHarness({ file, newId: () => `id-${(ids += 1)}` });
    await meetEverybody(harness);
    return harness;
  };
  const [many, few] = [await start(MANY), await start(FEW)];
  const slices = await interleaved(
    { many: () => openAndClose(many), few: () => openAndClose(few) },
    { rounds: 21, each: 4 },
  );
  for (const harness of [many, few]) {
    await harness.whenIdle();
    await harness.close();
  }
  const each = (name: keyof typeof slices): string => `${(slices[name].time / 1000).toFixed(1)} ms`;
  return {
    name: `opening a case beside ${MANY} open ones, to ${FEW}`,
    value: slices.many.time / slices.few.time,
    ...{ limit: 1.2, is: 'at-most', unit: ' ×', from: `${each('many')} and ${each('few')}, with closing it again` },
  };
}

async function openAndClose(harness: Harness): Promise<void> {
  await harness.says(TESS, `${NAMES.get(LENA) ?? ''} is locked out`);
  const stored = await harness.ledger().openCaseOf(LENA);
  if (stored === null) throw new Error('no case was opened');
  await harness.whenIdle();
  const latest = (await harness.ledger().load(stored.case.id)) ?? stored;
  const at = harness.fixtures.now;
  await harness
    .ledger()
    .advance(
      latest,
      { ...latest.case, state: { kind: 'closed', at, closing: { outcome: 'abandoned', because: 'caller-hung-up' } } },
      [entry('case.closed', { caseId: stored.case.id })],
      at,
    );
  harness.passes(60 * 24);
}

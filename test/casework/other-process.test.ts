/** What another process writes to the same database counts here, and what a process knew counts after its end. */
import assert from 'node:assert/strict';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { readCard } from '../../demo/stories/card-reading.ts';
import { ADA, LENA, liveOf, TESS } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { freshHarness, only, takeTo } from './take-case-to.ts';

describe('Beside another process', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let helpdesk: Harness;
  let other: OpenedLedger;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    helpdesk = await freshHarness(folder.dir, `beside-${(count += 1)}`);
    other = await openLedger({ file: helpdesk.file, now: () => helpdesk.fixtures.now, newId: () => 'other' });
  });
  afterEach(async () => {
    assert.deepEqual(helpdesk.violations, []);
    await other.close();
    await helpdesk.close();
  });
  after(() => folder.clean());

  const lockdown = () =>
    other.record(
      [{ code: 'mode.lockdown', actor: ADA, about: null, caseId: null, intentId: null, detail: {} }],
      helpdesk.fixtures.now,
    );
  const orders = (): number => helpdesk.fixtures.writes.filter(({ what }) => what === 'create').length;

  it('a lockdown that the other one recorded holds for the next press on Issue', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await lockdown();
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.equal(orders(), 0);
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
  });

  it('a lockdown that comes in while the order is being recorded keeps it from being recorded', async () => {
    const ready = await takeTo(helpdesk, 'ready-to-issue');
    let decided = false;
    helpdesk.auditLog.onOrder = () => {
      decided = true;
    };
    helpdesk.auditLog.pause = async () => {
      if (!decided) return;
      decided = false;
      await lockdown();
    };
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.equal(orders(), 0);
    assert.deepEqual(await only(helpdesk), ready, 'the case did not move');
    assert.equal(helpdesk.built().services.modes.current().mode, 'lockdown', 'the card that answered knew it');
  });

  it('a lockdown is known here after the next look', async () => {
    await lockdown();
    await helpdesk.tick();
    assert.equal(helpdesk.built().services.modes.current().mode, 'lockdown');
  });

  it('a case that the other one opened is shown instead of a second one', async () => {
    const { case: opened } = await takeTo(helpdesk, 'asking-methods');
    const { id: _number, ...draft } = opened;
    const entry = { code: 'case.opened' as const, actor: TESS, about: LENA, intentId: null, detail: {} };
    const answer = await other.openCase(draft, (caseId) => [{ ...entry, caseId }], helpdesk.fixtures.now);
    assert.deepEqual([answer.kind, answer.stored.case.id], ['already-open', opened.id]);
    await only(helpdesk);
  });

  it('a card that shows a pass is left alone after a restart, until the pass was read out', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    const card = () => readCard(helpdesk.chats.of(TESS).at(-1)?.card ?? {});
    const shown = card();
    assert.ok(liveOf(helpdesk.fixtures, LENA) !== null);
    await helpdesk.restart('crash');
    const { outbox } = helpdesk.built().services;
    const { id } = (await only(helpdesk)).case;
    await outbox.refreshCard(id);
    assert.deepEqual(card(), shown);
    await outbox.release(id);
    await helpdesk.whenIdle();
    assert.notDeepEqual(card(), shown, 'what was put off is shown now');
  });

  it('a card that shows a pass may be updated again once the pass expired', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    const { case: issued } = await only(helpdesk);
    const { outbox } = helpdesk.built().services;
    assert.ok(await outbox.isHeld(issued.id));
    helpdesk.passes(24 * 60);
    assert.equal(await outbox.isHeld(issued.id), false);
  });
});

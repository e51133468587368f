import assert from 'node:assert/strict';
import { createRedraws } from '../../src/casework/outbox/redraws.ts';
import type { LedgerEntry } from '../../src/casework/ports/ledger.ts';
import type { CaseId, StateName } from '../../src/procedure/case.ts';
import { type Harness } from './harness.ts';
import { ADA, LENA, NAMES, TESS, TOM } from './fixtures.ts';
import { draft, entry, morning, newCaller } from '../ledger/fixtures.ts';
import { rounds } from '../lane.ts';
import { freshHarness, takeTo } from './take-case-to.ts';
import { scratchFolder } from '../scratch-folder.ts';

/** Cards that may be under way when a turn comes in: a few, however many wait. */
const A_FEW = 4;

describe('The cards of all open cases, after the mode was changed', function () {
  this.timeout(120_000);
  const folder = scratchFolder('redraws');
  let helpdesk: Harness;
  let files = 0;
  beforeEach(async () => {
    helpdesk = await freshHarness(folder.dir, `redraws-${(files += 1)}`);
  });
  afterEach(() => helpdesk.close());
  after(() => folder.clean());

  const openedBy = (id: CaseId): readonly LedgerEntry[] => {
    const detail = { to: 'asking-methods', unread: [], stops: [] };
    return [entry('case.opened', { caseId: id, detail })];
  };
  /** So many other cases are open, each with its card in Tom's chat. */
  const openMany = async (count: number): Promise<void> => {
    const ledger = helpdesk.ledger();
    const openOne = async (): Promise<void> => {
      const answer = await ledger.openCase(draft({ caller: newCaller(), technician: TOM }), openedBy, morning);
      const { place } = helpdesk.chats.put(TOM, { type: 'AdaptiveCard' });
      await ledger.rememberCard(answer.stored.case.id, place);
    };
    await Promise.all(Array.from({ length: count }, openOne));
  };
  const drawn = (): number => helpdesk.chats.of(TOM).filter(({ card }) => 'body' in card).length;

  it('are drawn after the lead was answered, a few at a time, and whoever writes meanwhile is answered in between', async () => {
    const many = rounds({ quick: 150, full: 5000 });
    await openMany(many);
    const before = drawn();
    await helpdesk.says(ADA, 'lockdown on strange calls');
    assert.equal(drawn() - before, 0, 'the lead is answered first');
    assert.match(JSON.stringify(helpdesk.chats.of(ADA).at(-1)?.card), /lockdown/i);

    const between = drawn();
    await helpdesk.says(TESS, `${NAMES.get(LENA) ?? ''} is locked out`);
    const meanwhile = drawn() - between;
    assert.match(JSON.stringify(helpdesk.chats.of(TESS).at(-1)?.card), /Lena Hartmann/);
    assert.ok(meanwhile <= 10 * A_FEW, `${meanwhile} of ${many} cards came before the technician's`);

    await helpdesk.whenIdle();
    assert.equal(drawn(), many, 'every card shows the mode in the end');
    assert.match(JSON.stringify(helpdesk.chats.of(TOM)[0]?.card), /Lockdown/i);
  });

  it('are drawn at the next look when the answer to the lead could not be delivered', async () => {
    await openMany(3);
    const { services } = helpdesk.built();
    await services.modes.set('lockdown', ADA, '');
    services.redraws.owe();
    assert.equal(drawn(), 0);
    await helpdesk.tick();
    await helpdesk.whenIdle();
    assert.equal(drawn(), 3);
  });

  it('leave a card alone that shows a pass, until it was read out', async () => {
    await takeTo(helpdesk, 'awaiting-backup-method');
    const shown = helpdesk.chats.of(TESS).at(-1)?.card;
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    assert.deepEqual(helpdesk.chats.of(TESS).at(-1)?.card, shown);
  });
});

describe('The line of cards that are drawn again', () => {
  const open = new Map<CaseId, StateName>();
  const started: CaseId[] = [];
  let running = 0;
  let most = 0;
  let broken = false;
  const lines: string[] = [];
  let onStart: (id: CaseId) => void = () => undefined;
  const log = (_fields: object, message: string): void => void lines.push(message);
  const line = () =>
    createRedraws({
      ledger: {
        async openCaseIds({ states, before, limit }) {
          if (broken) throw new Error('the disk is gone');
          const ids = [...open].filter(([id, state]) => (states?.includes(state) ?? true) && id < (before ?? Infinity));
          return ids
            .map(([id]) => id)
            .sort((a, b) => b - a)
            .slice(0, limit);
        },
      },
      async refreshCard(id) {
        started.push(id);
        most = Math.max(most, (running += 1));
        onStart(id);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      },
      log: { info: log, warn: log, error: log },
    });
  beforeEach(() => {
    open.clear();
    for (let id = 1; id <= 250; id += 1)
      open.set(id as CaseId, id % 50 === 0 ? 'awaiting-backup-method' : 'choosing-proof');
    [started.length, lines.length, running, most, broken] = [0, 0, 0, 0, false];
    onStart = () => undefined;
  });

  it('begins with the cases that have a pass, then the newest, and draws each of them once', async () => {
    const redraws = line();
    redraws.begin();
    await redraws.whenIdle();
    assert.deepEqual(started, [], 'nothing changed yet');
    redraws.owe();
    redraws.begin();
    redraws.begin();
    await redraws.whenIdle();
    assert.deepEqual(started.slice(0, 7), [250, 200, 150, 100, 50, 249, 248]);
    assert.deepEqual(
      started.toSorted((a, b) => a - b),
      [...open.keys()],
    );
    assert.equal(most, A_FEW);
  });

  it('begins anew when the mode changes again, and does not draw twice what was still waiting', async () => {
    const redraws = line();
    onStart = () => {
      if (started.length === 20) redraws.owe();
    };
    redraws.owe();
    redraws.begin();
    await redraws.whenIdle();
    const again = started.length - open.size;
    assert.ok(again >= 20 && again < 20 + A_FEW, `${again} were drawn a second time`);
    assert.equal(new Set(started.slice(again)).size, open.size);
  });

  it('goes by what is open when their turn comes', async () => {
    const redraws = line();
    onStart = () => {
      for (let id = 1; id <= 100; id += 1) open.delete(id as CaseId);
    };
    redraws.owe();
    redraws.begin();
    await redraws.whenIdle();
    assert.ok(started.every((id) => id > 100 || id % 50 === 0));
    assert.ok(started.includes(101 as CaseId));
  });

  it('is not forgotten when the ledger cannot be read', async () => {
    const redraws = line();
    broken = true;
    redraws.owe();
    redraws.begin();
    await redraws.whenIdle();
    assert.deepEqual([started, lines], [[], ['cards were not drawn again']]);
    broken = false;
    redraws.begin();
    await redraws.whenIdle();
    assert.equal(started.length, open.size);
  });
});

import assert from 'node:assert/strict';
import { createMending } from '../../src/casework/background/mending.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { FACTS } from '../procedure/people.ts';
import type { Harness } from './harness.ts';
import { GRACE, LENA, MARA, NAMES, SOFIA, STRANGER, TESS } from './fixtures.ts';
import { harnessForEachTest } from './take-case-to.ts';

describe('Cases that lack a fact', () => {
  const current = harnessForEachTest();
  const WAITING = [LENA, SOFIA, MARA, GRACE, STRANGER];
  let helpdesk: Harness;
  let barrier: { open: () => void; opened: Promise<void> };
  let running = 0;
  let most = 0;
  const read: CaseId[] = [];
  const lines: string[] = [];
  let fails = false;

  const close = (): void => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    barrier = { open, opened };
  };
  const start = async () => {
    for (const caller of WAITING) {
      helpdesk.fixtures.facts.set(caller, { risk: { kind: 'unread', why: 'timeout' } });
      await helpdesk.says(TESS, `${NAMES.get(caller) ?? ''} is locked out`);
    }
    await helpdesk.whenIdle();
    const { runCase } = helpdesk.built().services;
    const log = (_fields: object, message: string): void => void lines.push(message);
    const mending = createMending({
      newId: () => 'turn',
      ledger: helpdesk.ledger(),
      readFacts: async (stored) => {
        read.push(stored.case.id);
        running += 1;
        most = Math.max(most, running);
        await barrier.opened;
        running -= 1;
        if (fails) throw new TypeError('ours');
        return { ...FACTS, readAt: helpdesk.fixtures.now };
      },
      report: (stored, event) => runCase.report(stored, event),
      policy: () => DEFAULT_POLICY,
      now: () => helpdesk.fixtures.now,
      log: { info: log, warn: log, error: log },
    });
    return { mending, open: await helpdesk.ledger().openCases() };
  };
  beforeEach(() => {
    helpdesk = current();
    close();
    [running, most, fails] = [0, 0, false];
    read.length = 0;
    lines.length = 0;
  });

  it('are read three at a time, and each of them once', async () => {
    const { mending, open } = await start();
    for (const stored of open) mending.watch(stored);
    helpdesk.passes(1);
    const done = mending.tick();
    for (const stored of open) mending.soon(stored.case.id);
    assert.equal((await helpdesk.ledger().openCases()).length, WAITING.length);
    barrier.open();
    await done;
    await mending.whenIdle();
    assert.equal(most, 3);
    assert.deepEqual(
      [...read].sort(),
      open.map((stored) => stored.case.id),
    );
    for (const {
      case: { facts },
    } of await helpdesk.ledger().openCases())
      assert.equal(facts.risk.kind, 'read');
  });

  it('are read at once where somebody asks for it, whatever the pause', async () => {
    const { mending, open } = await start();
    const [first] = open;
    assert.ok(first !== undefined);
    const { id } = first.case;
    assert.equal(mending.watch(first), helpdesk.fixtures.now + 2000);
    barrier.open();
    mending.soon(id);
    await mending.whenIdle();
    assert.deepEqual([read, mending.nextReadAt(id)], [[id], null]);
  });

  it('are read later when a read fails for a mistake of ours, which comes to light', async () => {
    const { mending, open } = await start();
    const [first] = open;
    assert.ok(first !== undefined);
    fails = true;
    barrier.open();
    mending.soon(first.case.id);
    await mending.whenIdle();
    assert.deepEqual(lines, ['a case could not be completed']);
    assert.equal(mending.nextReadAt(first.case.id), (helpdesk.fixtures.now + 5000) as Instant);
  });
});

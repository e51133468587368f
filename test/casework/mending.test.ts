import assert from 'node:assert/strict';
import { createMending } from '../../src/casework/background/mending.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, UnreadReason } from '../../src/procedure/facts.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { FACTS } from '../procedure/people.ts';
import type { Harness } from './harness.ts';
import { GRACE, LENA, MARA, NAMES, SOFIA, STRANGER, TESS } from './fixtures.ts';
import { entriesOf, harnessForEachTest, only, takeTo } from './take-case-to.ts';

const missing = (why: UnreadReason) => ({ kind: 'unread', why }) as const;
const NOT_READ = /Not read yet/;

describe('A case that lacks a fact', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });

  /** What the technician sees on the newest message. */
  const seen = (): string => JSON.stringify(helpdesk.chats.of(TESS).at(-1)?.card);
  const seconds = (count: number): void => helpdesk.passes(count / 60);
  const mend = async (): Promise<void> => {
    await helpdesk.built().mend();
    await helpdesk.whenIdle();
  };
  const readsByItself = async () =>
    (await entriesOf(helpdesk, 'snapshot.read.intent')).filter(({ actor }) => actor === 'hardline');
  const lacking = (facts: Partial<Omit<CallerFacts, 'history' | 'closeToTechnician'>>): void =>
    void helpdesk.fixtures.facts.set(LENA, facts);

  it('completes itself, and so does its card, which said what was missing and when it is read again', async () => {
    lacking({ risk: missing('throttled') });
    await takeTo(helpdesk, 'asking-methods');
    assert.match(seen(), NOT_READ);
    assert.match(seen(), /Risk: Microsoft is busy/);
    assert.match(seen(), /Hardline tries again at 10:00:02 UTC/);
    lacking({});
    seconds(2);
    await mend();
    assert.equal((await only(helpdesk)).case.facts.risk.kind, 'read');
    assert.doesNotMatch(seen(), NOT_READ);
    assert.equal(helpdesk.built().services.mending.nextReadAt((await only(helpdesk)).case.id), null);
  });

  it('keeps proof and state when Issue is pressed, says why, and issues once it is complete', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    lacking({ risk: missing('throttled') });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.match(seen(), /Risk: Microsoft is busy/);
    const kept = await only(helpdesk);
    assert.ok(kept.case.state.kind === 'ready-to-issue' && kept.case.state.proof.kind === 'callback');
    assert.equal(kept.case.facts.risk.kind, 'unread', 'the card of the case says so as well');
    const [refusal] = await entriesOf(helpdesk, 'case.refused');
    assert.deepEqual(refusal?.detail, {
      asked: 'issue-pressed',
      in: 'ready-to-issue',
      because: 'facts-unread',
      unread: ['risk'],
    });
    assert.equal(helpdesk.fixtures.writes.filter(({ what }) => what === 'create').length, 0);
    lacking({});
    seconds(3);
    await mend();
    assert.doesNotMatch(seen(), NOT_READ);
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.shown.length, 1);
  });

  it('is read again after 2, 5, 10, 20 and then every 30 seconds, each time with one intent and one outcome', async () => {
    lacking({ groups: missing('timeout') });
    await takeTo(helpdesk, 'asking-methods');
    const begun = helpdesk.fixtures.now;
    const at: number[] = [];
    for (let second = 1; second <= 130; second += 1) {
      seconds(1);
      const before = (await readsByItself()).length;
      await mend();
      if ((await readsByItself()).length > before) at.push(Math.round((helpdesk.fixtures.now - begun) / 1000));
    }
    assert.deepEqual(at, [2, 7, 17, 37, 67, 97, 127]);
    const outcomes = (await entriesOf(helpdesk, 'snapshot.read.outcome')).filter(({ actor }) => actor === 'hardline');
    assert.equal(outcomes.length, at.length);
    assert.ok(outcomes.every(({ detail }) => JSON.stringify(detail['unread']).includes('"groups"')));
    assert.deepEqual(await entriesOf(helpdesk, 'case.snapshot-read-again'), [], 'nothing new was read');
  });

  it('leaves the card alone while nothing new is read: what the technician ticked is not wiped out', async () => {
    lacking({ groups: missing('timeout') });
    const { version } = await takeTo(helpdesk, 'asking-methods');
    const card = seen();
    seconds(2);
    await mend();
    assert.equal((await readsByItself()).length, 1);
    assert.deepEqual([(await only(helpdesk)).version, seen()], [version, card]);
  });

  it('is not read again for what does not come by itself', async () => {
    lacking({ groups: missing('denied') });
    await takeTo(helpdesk, 'asking-methods');
    assert.match(seen(), /Groups: no permission to read it/);
    assert.match(seen(), /does not come by itself/);
    helpdesk.passes(5);
    await mend();
    assert.deepEqual(await readsByItself(), []);
  });

  it('ends when what is read at last forbids it, and the technician reads why', async () => {
    lacking({ account: missing('timeout') });
    await takeTo(helpdesk, 'asking-methods');
    lacking({
      account: { kind: 'read', value: { enabled: false, kind: 'member', synced: false, managementRestricted: false } },
    });
    seconds(2);
    await mend();
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
    assert.match(seen(), /The account is disabled/);
    const [entry] = await entriesOf(helpdesk, 'case.snapshot-read-again');
    assert.deepEqual([entry?.actor, entry?.detail['stops']], ['hardline', ['account-disabled']]);
  });

  it('is read again no more once it is closed', async () => {
    lacking({ risk: missing('timeout') });
    await takeTo(helpdesk, 'asking-methods');
    await helpdesk.presses(TESS, 'escalate');
    await helpdesk.whenIdle();
    seconds(60);
    await mend();
    assert.deepEqual(await readsByItself(), []);
  });

  it('is found again by the next process', async () => {
    lacking({ risk: missing('timeout') });
    await takeTo(helpdesk, 'asking-methods');
    await helpdesk.restart('crash');
    lacking({});
    await mend();
    seconds(2);
    await mend();
    assert.equal((await only(helpdesk)).case.facts.risk.kind, 'read');
  });
});

describe('Cases that lack a fact', () => {
  const current = harnessForEachTest();
  const WAITING = [LENA, SOFIA, MARA, GRACE, STRANGER];
  let helpdesk: Harness;
  let gate: { open: () => void; opened: Promise<void> };
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
    gate = { open, opened };
  };
  const start = async () => {
    for (const caller of WAITING) {
      helpdesk.fixtures.facts.set(caller, { risk: missing('timeout') });
      await helpdesk.says(TESS, `${NAMES.get(caller) ?? ''} is locked out`);
    }
    await helpdesk.whenIdle();
    const { runCase } = helpdesk.built().services;
    const log = (_fields: object, message: string): void => void lines.push(message);
    const mending = createMending({
      ledger: helpdesk.ledger(),
      readFacts: async (stored) => {
        read.push(stored.case.id);
        running += 1;
        most = Math.max(most, running);
        await gate.opened;
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
    gate.open();
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
    gate.open();
    mending.soon(id);
    await mending.whenIdle();
    assert.deepEqual([read, mending.nextReadAt(id)], [[id], null]);
  });

  it('are read later when a read fails for a mistake of ours, which comes to light', async () => {
    const { mending, open } = await start();
    const [first] = open;
    assert.ok(first !== undefined);
    fails = true;
    gate.open();
    mending.soon(first.case.id);
    await mending.whenIdle();
    assert.deepEqual(lines, ['a case could not be completed']);
    assert.equal(mending.nextReadAt(first.case.id), (helpdesk.fixtures.now + 5000) as Instant);
  });
});

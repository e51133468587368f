import assert from 'node:assert/strict';
import { advance } from '../../src/casework/steps/advance.ts';
import type { CallerFacts, UnreadReason } from '../../src/procedure/facts.ts';
import type { Harness } from './harness.ts';
import { LENA, TESS } from './fixtures.ts';
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

  it('keeps nothing of a press that came too late: another step was faster', async () => {
    const before = await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'go-back');
    await helpdesk.whenIdle();
    const facts = { ...before.case.facts, risk: missing('throttled') };
    const late = {
      kind: 'issue-pressed',
      by: TESS,
      facts,
      orderId: 'late',
      timeLeft: 'enough',
      stillMay: { kind: 'read', value: [] },
    } as const;
    const result = await advance(helpdesk.built().services.issuing, before, late, TESS);
    assert.equal(result.kind, 'stale');
    const { state, facts: kept } = (await only(helpdesk)).case;
    assert.deepEqual([state.kind, kept.risk.kind], ['choosing-proof', 'read']);
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
    lacking({ groups: missing('missing') });
    await takeTo(helpdesk, 'asking-methods');
    assert.match(seen(), /Groups: missing from the answer/);
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

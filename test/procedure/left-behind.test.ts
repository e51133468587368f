/** The passes of a case, and what was registered with them: what "This was not me" has to name, because it outlives the pass. */
import assert from 'node:assert/strict';
import type { Case, CaseState, IssuedPasses } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { MethodKind, Reading, RegisteredMethod } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import type { Policy } from '../../src/procedure/policy.ts';
import { moved } from './answers.ts';
import { after, CALLER, caseIn, FACTS, NOBODY_ASKED, NOW, ORDER, PASS, POLICY, PROOF, read, unread } from './people.ts';
import { MANAGER, STILL_MAY, TECHNICIAN } from './people.ts';

const BEFORE = FACTS.methods.kind === 'read' ? FACTS.methods.value : [];
const KNOWN = BEFORE.map(({ ref, digest }) => ({ ref, digest }));
const ISSUED: IssuedPasses = { passIds: ['p1'], methodsBefore: KNOWN, managersTold: [] };
const OBJECTED = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;
const ALARM = { kind: 'alarm-leads', alarm: 'methods-left-behind' } as const;

const method = (kind: MethodKind, ref: string = kind, digest: string | null = null): RegisteredMethod => ({
  ref,
  kind,
  masked: '',
  digest,
  registeredAt: NOW,
});
const EMAIL = method('email');
const KEY = method('passkey');

const closed: CaseState = { kind: 'closed', at: NOW, closing: OBJECTED };
const withdrawing = { kind: 'withdrawing-pass', pass: PASS, since: NOW, then: OBJECTED, firstGoneAt: null } as const;
const issuing = { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: OBJECTED } as const;
const uncertain = { kind: 'uncertain-pass', order: ORDER, then: OBJECTED, firstNotFoundAt: null } as const;
const shown: CaseState = {
  ...{ kind: 'awaiting-backup-method', pass: PASS, issuedOn: null, since: NOW, methodsBefore: KNOWN, newMethods: [] },
};

const having = (state: CaseState, issued: IssuedPasses | null = ISSUED): Case => ({ ...caseIn(state), issued });
const methodsRead = (methods: Reading<readonly RegisteredMethod[]>): CaseEvent => ({
  kind: 'new-methods-read',
  methods,
});
const take = (at: Case, event: CaseEvent, now = NOW) => step(at, event, POLICY, now);

describe('What was registered with a pass, after "This was not me"', () => {
  it('is remembered and told to the leads, of whatever kind, wherever the case stands', () => {
    for (const state of [issuing, uncertain, withdrawing, closed]) {
      const result = take(having(state), methodsRead(read([...BEFORE, EMAIL, KEY])));
      const left = { ...having(state), leftBehind: read([EMAIL, KEY]) };
      assert.deepEqual(result, { kind: 'moved', case: left, effects: [ALARM] }, state.kind);
    }
  });

  it('is not the pass itself, nor a password: nobody has to remove those', () => {
    const result = take(having(closed), methodsRead(read([method('temporary-access-pass'), method('password')])));
    assert.deepEqual(result, { kind: 'moved', case: { ...having(closed), leftBehind: read([]) }, effects: [] });
  });

  it('is also a phone whose number was replaced, which keeps its id', () => {
    const phone = (digest: string | null) => method('mobile-phone', 'mobile', digest);
    const issued = { ...ISSUED, methodsBefore: [{ ref: 'mobile', digest: 'their own' }] };
    const left = (digest: string | null, before: IssuedPasses = issued) =>
      moved(take(having(closed, before), methodsRead(read([phone(digest)])))).case.leftBehind;
    assert.deepEqual(left('their own'), read([]));
    assert.deepEqual(left("the attacker's"), read([phone("the attacker's")]));
    assert.deepEqual(left(null), read([]), 'where a number is unknown, the id decides');
    const older = { ...ISSUED, methodsBefore: [{ ref: 'mobile', digest: null }] };
    assert.deepEqual(left("the attacker's", older), read([]), 'as in cases of older versions');
  });

  it('is told once: a second look alarms nobody unless it finds more', () => {
    const known = { ...having(closed), leftBehind: read([EMAIL]) };
    const same = moved(take(known, methodsRead(read([...BEFORE, EMAIL]))));
    assert.deepEqual([same.case.leftBehind, same.effects], [read([EMAIL]), []]);
    const more = moved(take(known, methodsRead(read([...BEFORE, EMAIL, KEY]))));
    assert.deepEqual([more.case.leftBehind, more.effects], [read([EMAIL, KEY]), ['alarm-leads']]);
    const removed = moved(take(known, methodsRead(read(BEFORE))));
    assert.deepEqual([removed.case.leftBehind, removed.effects], [read([]), []], 'somebody removed it');
  });

  it('is told as not known when it cannot be read, once, and what was known before is kept', () => {
    const first = moved(take(having(closed), methodsRead(unread)));
    assert.deepEqual([first.case.leftBehind, first.effects], [unread, ['alarm-leads']]);
    const unchanged = { kind: 'unchanged', effects: [] };
    assert.deepEqual(take(first.case, methodsRead(unread)), unchanged);
    assert.deepEqual(take({ ...having(closed), leftBehind: read([EMAIL]) }, methodsRead(unread)), unchanged);
    const found = moved(take(first.case, methodsRead(read([EMAIL]))));
    assert.deepEqual(
      [found.case.leftBehind, found.effects],
      [read([EMAIL]), ['alarm-leads']],
      'it could be read at last',
    );
  });

  it('is nothing where the case never had a pass', () => {
    assert.deepEqual(take(having(closed, null), methodsRead(read([EMAIL]))), { kind: 'unchanged', effects: [] });
  });

  it('is looked for at once, and again when the pass is certainly gone; without a pass there is nothing to look for', () => {
    const objects = { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED } as const;
    const looks = (at: Case, event: CaseEvent, now = NOW) =>
      moved(take(at, event, now)).effects.includes('read-new-methods');
    for (const state of [shown, { ...issuing, then: null }, uncertain, withdrawing, closed]) {
      assert.ok(looks(having(state), objects), state.kind);
      assert.ok(!looks(having(state, null), objects), `${state.kind}, without a pass`);
    }
    const gone = { kind: 'pass-deleted', at: after(1) } as const;
    const goneOnce = { ...withdrawing, firstGoneAt: NOW };
    assert.ok(looks(having(goneOnce), gone, after(1)));
    assert.ok(!looks(having(goneOnce, null), gone, after(1)));
    const resolved = { outcome: 'resolved', because: 'methods-registered' } as const;
    for (const then of [resolved, 'choosing-proof'] as const)
      assert.ok(!looks(having({ ...goneOnce, then }), gone, after(1)), 'nobody objected');
  });
});

describe('The passes of a case', () => {
  const created = (passId: string): CaseEvent => ({ kind: 'pass-created', orderId: 'o1', pass: { ...PASS, passId } });
  const calm = { ...issuing, then: null };

  it('are all remembered, with the methods that were registered before the first of them', () => {
    const first = moved(take(having(calm, null), created('p1'))).case;
    assert.deepEqual(first.issued, { ...ISSUED, managersTold: [MANAGER] });
    const later = { ...first, state: calm, facts: { ...FACTS, methods: read([...BEFORE, EMAIL]) } };
    assert.deepEqual(moved(take(later, created('p2'))).case.issued, {
      ...ISSUED,
      passIds: ['p1', 'p2'],
      managersTold: [MANAGER],
    });
    const unknown = { ...having(calm, null), facts: { ...FACTS, methods: unread } };
    assert.deepEqual(moved(take(unknown, created('p1'))).case.issued, {
      passIds: ['p1'],
      methodsBefore: [],
      managersTold: [MANAGER],
    });
  });

  it('are remembered also when nobody saw them, or when they were only found afterwards, and each once', () => {
    const unseen: CaseEvent = { kind: 'pass-unseen', orderId: 'o1', pass: PASS };
    for (const [state, event] of [
      [calm, unseen],
      [uncertain, unseen],
      [uncertain, { kind: 'pass-found', pass: PASS }],
      [issuing, created('p1')],
    ] as const) {
      assert.deepEqual(moved(take(having(state, null), event)).case.issued, ISSUED, `${state.kind} ${event.kind}`);
    }
    assert.deepEqual(moved(take(having(shown), unseen)).case.issued, ISSUED);
  });

  it("are not taken for somebody else's when a directory that lags behind still lists one: the press waits", () => {
    const ready = { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null } as const;
    const press = (
      existing: { readonly passId: string; readonly alive: boolean } | null,
      policy: Partial<Policy> = {},
    ) => {
      const existingPass = read(existing === null ? null : { ...existing, createdAt: NOW });
      const facts = { ...FACTS, existingPass };
      const issue = { kind: 'issue-pressed', by: TECHNICIAN, facts, orderId: 'o2', stillMay: STILL_MAY } as const;
      return step(having(ready), { ...issue, timeLeft: 'enough' }, { ...POLICY, ...policy }, NOW);
    };
    const lagging = press({ passId: 'p1', alive: true });
    assert.ok(lagging.kind === 'refused' && lagging.refusal.code === 'facts-unread');
    assert.deepEqual(lagging.refusal.missing, [{ part: 'existingPass', why: 'stale' }]);
    assert.deepEqual(lagging.keep?.facts.existingPass, { kind: 'unread', why: 'stale' }, 'the card says so, too');
    const foreign = press({ passId: 'p9', alive: true });
    assert.ok(foreign.kind === 'moved' && foreign.case.state.kind === 'closed');
    const stopped = { code: 'foreign-pass', reach: 'pass', detail: '' } as const;
    assert.deepEqual(foreign.case.state.closing, { outcome: 'escalated', because: 'stopped', stops: [stopped] });
    assert.deepEqual(foreign.effects, [{ kind: 'alarm-leads', alarm: 'foreign-pass' }]);
    const withLockdown = press({ passId: 'p9', alive: true }, { mode: 'lockdown' });
    assert.ok(withLockdown.kind === 'moved');
    assert.deepEqual(withLockdown.effects, foreign.effects, 'also beside another stop');
    const lockdown = press(null, { mode: 'lockdown' });
    assert.deepEqual(lockdown.kind === 'moved' && lockdown.effects, [], 'and no other stop says so');
    const account = read({ enabled: false, kind: 'member', synced: false, managementRestricted: false } as const);
    const existingPass = read({ passId: 'p9', alive: true, createdAt: NOW });
    const snapshot = { kind: 'snapshot-read', by: TECHNICIAN, facts: { ...FACTS, account, existingPass } } as const;
    const opened = openCase(CALLER, snapshot, POLICY, NOW);
    assert.deepEqual([opened.draft.state.kind, opened.effects], ['closed', foreign.effects], 'also as it is opened');
    for (const existing of [null, { passId: 'p1', alive: false }, { passId: 'p9', alive: false }]) {
      const ordered = press(existing);
      assert.ok(ordered.kind === 'moved' && ordered.case.state.kind === 'issuing');
      assert.equal(ordered.case.state.order.passBefore, existing?.passId ?? null);
    }
  });
});

import assert from 'node:assert/strict';
import { caseShape } from '../../src/ledger/case-shape.ts';
import { currentBody } from '../../src/ledger/older-bodies.ts';
import { draft, facts, lena, morning } from './fixtures.ts';

const pass = { passId: 'p1', usableFrom: morning, usableUntil: morning, oneTime: false };
const proof = { kind: 'callback', numberRef: 'business-phone', at: morning };

/** A body as it was written before the bot kept digests and ages. */
function older(state: object): unknown {
  const { managerAge: _managerAge, numbers: _numbers, methods: _methods, ...later } = facts;
  const { existingPass: _existingPass, clock: _clock, ...rest } = later;
  const { issued: _issued, leftBehind: _leftBehind, ...body } = draft();
  const number = { ref: 'business-phone', source: 'directory-office', lastDigits: '34' };
  const numbers = [
    { ...number, changedAt: morning, exact: true },
    { ...number, ref: 'business-phone-2', changedAt: null, exact: false },
  ];
  const methods = [{ ref: 'm1', kind: 'authenticator-app', masked: 'SM-G998B', registeredAt: null }];
  const older = { ...rest, numbers: { kind: 'read', value: numbers }, methods: { kind: 'read', value: methods } };
  return { ...body, id: 1, facts: older, state };
}

const today = (state: object) => caseShape.parse(currentBody(older(state)));

describe('A case body from before the bot kept digests', () => {
  it('keeps the age that it had, and what was never read is unread', () => {
    const { numbers, methods, managerAge } = today({ kind: 'asking-methods', selfServiceFailure: null }).facts;
    assert.ok(numbers.kind === 'read' && methods.kind === 'read');
    assert.deepEqual(
      numbers.value.map(({ digest, age }) => [digest, age]),
      [
        ['', { kind: 'read', value: { since: morning, changed: true } }],
        ['', { kind: 'unread', why: 'not-asked' }],
      ],
    );
    assert.deepEqual(
      methods.value.map(({ digest }) => digest),
      [null],
    );
    assert.deepEqual(managerAge, { kind: 'unread', why: 'not-asked' });
  });

  it('is read in every state that got new fields since', () => {
    const dialing = today({ kind: 'awaiting-callback', numberRef: 'business-phone', since: morning }).state;
    assert.ok(dialing.kind === 'awaiting-callback' && dialing.numberDigest === '');
    const ready = today({ kind: 'ready-to-issue', proof, approval: null }).state;
    assert.deepEqual(ready, {
      kind: 'ready-to-issue',
      proof: { ...proof, numberDigest: '' },
      approvals: [],
      lastAttempt: null,
    });
    const waiting = { kind: 'awaiting-backup-method', pass, since: morning, methodsBefore: ['m1'], newMethods: [] };
    const { state } = today(waiting);
    assert.ok(state.kind === 'awaiting-backup-method');
    assert.deepEqual([state.issuedOn, state.methodsBefore], [null, [{ ref: 'm1', digest: null }]]);
    const deleting = today({ kind: 'withdrawing-pass', pass, since: morning, then: 'choosing-proof' });
    assert.ok(deleting.state.kind === 'withdrawing-pass');
    assert.equal(deleting.state.firstGoneAt, null, 'it is looked for twice');
    const { existingPass, clock } = deleting.facts;
    assert.deepEqual([deleting.issued, deleting.leftBehind], [null, null]);
    const notAsked = { kind: 'unread', why: 'not-asked' };
    assert.deepEqual([existingPass, clock], [notAsked, notAsked], 'neither was ever asked for');
  });

  it('keeps an approval as the one of an approver, wherever it is kept, and what was asked needs an approver', () => {
    const before = { by: lena, at: morning, subject: 's' };
    const approvals = [{ ...before, as: 'approver' }];
    const on = { proof: { ...proof, numberDigest: '' }, approval: before };
    const ready = today({ kind: 'ready-to-issue', ...on }).state;
    assert.ok(ready.kind === 'ready-to-issue');
    assert.deepEqual(ready.approvals, approvals);
    const issuing = today({ kind: 'issuing', ...on, order: order(), objected: false }).state;
    assert.ok(issuing.kind === 'issuing');
    assert.deepEqual(issuing.approvals, approvals);
    const registering = { kind: 'awaiting-backup-method', pass, since: morning, methodsBefore: [], newMethods: [] };
    const shown = today({ ...registering, issuedOn: on }).state;
    assert.ok(shown.kind === 'awaiting-backup-method');
    assert.deepEqual(shown.issuedOn?.approvals, approvals);
    const then = { kind: 'issue-again', ...on };
    const withdrawing = today({ kind: 'withdrawing-pass', pass, since: morning, then }).state;
    assert.ok(withdrawing.kind === 'withdrawing-pass');
    assert.ok(typeof withdrawing.then === 'object' && 'approvals' in withdrawing.then);
    assert.deepEqual(withdrawing.then.approvals, approvals);
    const waiting = { kind: 'awaiting-approval', proof: on.proof, reasons: ['vip'], subject: 's', since: morning };
    const asked = today(waiting).state;
    assert.ok(asked.kind === 'awaiting-approval');
    assert.deepEqual([asked.needs, asked.approvals, asked.lastAttempt], ['approver', [], null]);
  });

  it('did not know the helpdesk accounts nor the earlier "no": both are unread, and what was asked stays asked', () => {
    const waiting = { kind: 'awaiting-approval', proof, reasons: ['vip'], subject: 's', since: morning };
    const body = older(waiting) as { readonly facts: Record<string, { readonly value: object }> };
    const { inHelpdeskGroup: _group, ...groups } = { inHelpdeskGroup: false, ...body.facts['groups']?.value };
    const { noes: _noes, ...history } = { noes: [], ...body.facts['history']?.value };
    const facts = {
      ...body.facts,
      groups: { kind: 'read', value: groups },
      history: { kind: 'read', value: history },
    };
    const { reasonsFound: _reasons, ...before } = { reasonsFound: [], ...body, facts };
    const now = caseShape.parse(currentBody(before));
    const notAsked = { kind: 'unread', why: 'not-asked' };
    assert.deepEqual([now.facts.groups, now.facts.history, now.reasonsFound], [notAsked, notAsked, ['vip']]);
  });

  it('keeps the passes of a case; whom it told of them was not remembered', () => {
    const passes = { passIds: ['p1'], methodsBefore: [{ ref: 'm1', digest: null }] };
    const { issued } = caseShape.parse(currentBody({ ...draft(), id: 1, issued: passes }));
    assert.deepEqual(issued, { ...passes, managersTold: [] });
  });

  it('knows which manager was asked, so that their "no" counts', () => {
    const body = older({ kind: 'awaiting-manager', manager: lena, since: morning });
    const { managersAsked: _asked, ...before } = { managersAsked: [], ...Object(body) } as Record<string, unknown>;
    assert.deepEqual(caseShape.parse(currentBody(before)).managersAsked, [lena]);
    assert.deepEqual(today({ kind: 'choosing-proof', lastAttempt: null }).managersAsked, []);
  });

  it('keeps a proof that is no callback, and the stops of a case that ended because something was unread', () => {
    const inPerson = { kind: 'in-person', place: 'Reception', at: morning };
    const issuing = { kind: 'issuing', proof: inPerson, approval: null, order: order(), objected: false };
    const { approval: _none, objected: _nobody, ...rest } = issuing;
    // Whatever pass is found counts as ordered: a case of an older version leaves none alone.
    const now = { ...rest, approvals: [], order: { ...order(), passBefore: null } };
    assert.deepEqual(today(issuing).state, { ...now, then: null });
    const then = { outcome: 'escalated', because: 'caller-objected', stops: [] };
    assert.deepEqual(today({ ...issuing, objected: true }).state, { ...now, then }, 'an objection stays one');
    const stops = [{ code: 'risk-unread', reach: 'pass', detail: 'throttled' }];
    const closed = { kind: 'closed', at: morning, closing: { outcome: 'escalated', because: 'stopped', stops } };
    assert.deepEqual(today(closed).state, closed);
  });
});

describe('A case body of today', () => {
  it('is read as it was written', () => {
    const body = { ...draft({ caller: lena }), id: 1 };
    assert.deepEqual(caseShape.parse(currentBody(body)), body);
  });
});

function order(): object {
  return { orderId: 'o1', lifetimeMinutes: 60, oneTime: false, orderedAt: morning };
}

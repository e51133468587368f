// What our own cards send is understood; what they cannot send is forged.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAction } from '../../src/intents/read-action.ts';

const CALLER = 'a0000000-0000-4000-8000-000000000010';
const at = { case: 12, v: 3 };
const on = { caseId: 12, version: 3 };

/** One honest click per verb, as a renderer sends it, and what it means. */
const HONEST: readonly (readonly [verb: string, data: Record<string, unknown>, press: unknown])[] = [
  ['open-lockout', { query: ' Lena Hartmann ' }, { kind: 'open-lockout', query: 'Lena Hartmann' }],
  ['pick-caller', { caller: CALLER }, { kind: 'pick-caller', caller: CALLER }],
  ['show-case', { case: 12 }, { kind: 'show-case', caseId: 12 }],
  ...['go-back', 'ask-manager', 'issue-pass', 'pass-read-out', 'withdraw-pass', 'not-me', 'done', 'read-again'].map(
    (verb) => [verb, at, { kind: verb, ...on }] as const,
  ),
  ['tick-methods', { ...at, atHand: 'm-1,m-2' }, { kind: 'tick-methods', ...on, atHand: ['m-1', 'm-2'] }],
  [
    'choose-callback',
    { ...at, number: 'business-phone', shown: 'd1' },
    { kind: 'choose-callback', ...on, numberRef: 'business-phone', shown: 'd1' },
  ],
  ['record-callback', { ...at, outcome: 'voicemail' }, { kind: 'record-callback', ...on, outcome: 'voicemail' }],
  ['seen-in-person', { ...at, place: 'Front desk' }, { kind: 'seen-in-person', ...on, place: 'Front desk' }],
  [
    'manager-answer',
    { ...at, speaking: 'yes', question: 'd2' },
    { kind: 'manager-answer', ...on, speakingNow: true, question: 'd2' },
  ],
  [
    'manager-answer',
    { ...at, speaking: 'no', question: 'd2' },
    { kind: 'manager-answer', ...on, speakingNow: false, question: 'd2' },
  ],
  [
    'decide-approval',
    { ...at, decision: 'approve', reason: ' seen both ', subject: 'f00d' },
    { kind: 'decide-approval', ...on, approved: true, reason: 'seen both', subject: 'f00d' },
  ],
  ['escalate', { ...at, because: 'technician-unsure' }, { kind: 'escalate', ...on, because: 'technician-unsure' }],
  ['abandon', { ...at, because: 'caller-hung-up' }, { kind: 'abandon', ...on, because: 'caller-hung-up' }],
];

const isForged = (press: ReturnType<typeof readAction>): boolean => press.kind === 'forged';

describe('A click on a button', () => {
  for (const [verb, data, press] of HONEST) {
    it(`${verb} is understood as our card sends it`, () => {
      assert.deepEqual(readAction(verb, data), press);
      assert.deepEqual(readAction(verb, { verb, ...data }), press, 'with its verb in the data as well');
      assert.deepEqual(readAction(verb, JSON.parse(JSON.stringify(data)) as unknown), press);
    });
  }

  it('means "nothing is at hand" when no method was ticked, whether the client sends nothing or an empty text', () => {
    const nothing = { kind: 'tick-methods', ...on, atHand: [] };
    assert.deepEqual(readAction('tick-methods', at), nothing);
    assert.deepEqual(readAction('tick-methods', { ...at, atHand: '' }), nothing);
    assert.deepEqual(readAction('tick-methods', { ...at, atHand: ' , ,' }), nothing);
  });

  it('counts a method ticked twice once', () => {
    const press = readAction('tick-methods', { ...at, atHand: 'm-1, m-1,m-2' });
    assert.deepEqual(press, { kind: 'tick-methods', ...on, atHand: ['m-1', 'm-2'] });
  });

  it('is not forged because the client sends the other inputs of the card along', () => {
    const extras = { atHand: 'm-1', number: 'business-phone', place: '', because: 'caller-hung-up', reason: 'x' };
    assert.deepEqual(readAction('go-back', { ...at, ...extras }), { kind: 'go-back', ...on });
    assert.ok(isForged(readAction('go-back', { ...at, atHand: ['m-1'] })), 'an input is a text, never a list');
    assert.ok(isForged(readAction('go-back', { ...at, reason: 'x'.repeat(20_000) })));
  });
});

describe('A button that no card of ours holds', () => {
  it('is forged, whatever the verb is called', () => {
    for (const verb of [
      '',
      'reset-password',
      'constructor',
      'toString',
      '__proto__',
      'hasOwnProperty',
      'ISSUE-PASS',
      'forged',
    ]) {
      assert.deepEqual(readAction(verb, at), { kind: 'forged', reason: 'unknown verb' });
    }
  });

  it('is forged when its verb and the verb in its data differ', () => {
    assert.ok(isForged(readAction('go-back', { ...at, verb: 'issue-pass' })));
    assert.ok(isForged(readAction('go-back', { ...at, verb: undefined })));
  });

  it('is forged when its data is no plain object', () => {
    class Click {
      readonly case = 12;
      readonly v = 3;
    }
    const trap = new Proxy({}, { getPrototypeOf: () => assert.fail('looked at') });
    const getter = Object.defineProperty({ v: 3 }, 'case', { get: () => 12, enumerable: true });
    const values = [
      undefined,
      null,
      12,
      'x',
      true,
      [],
      [at],
      new Click(),
      new Date(),
      new Map(),
      getter,
      trap,
      Object.create(at),
    ];
    for (const data of values) assert.ok(isForged(readAction('go-back', data)), typeof data);
  });

  it('is forged by tricks with the prototype, and leaves the prototype as it was', () => {
    const tricks = [
      '{"case":12,"v":3,"__proto__":{"admin":true}}',
      '{"case":12,"v":3,"constructor":{"prototype":{"admin":true}}}',
      '{"__proto__":{"case":12,"v":3}}',
      '{"case":12,"v":3,"prototype":{}}',
    ];
    for (const trick of tricks) assert.ok(isForged(readAction('issue-pass', JSON.parse(trick))), trick);
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
  });

  const bent: readonly unknown[] = [
    '12',
    '',
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    2 ** 53,
    null,
    undefined,
    true,
    [12],
    { n: 12 },
    12n,
  ];

  it('is forged when the case is not a positive whole number', () => {
    for (const id of bent) assert.ok(isForged(readAction('issue-pass', { case: id, v: 3 })), String(id));
    assert.ok(isForged(readAction('show-case', { case: '12' })));
  });

  it('is forged when the version is not a whole number from zero on', () => {
    for (const v of bent.filter((value) => value !== 0))
      assert.ok(isForged(readAction('issue-pass', { case: 12, v })), String(v));
    assert.deepEqual(readAction('issue-pass', { case: 12, v: 0 }), { kind: 'issue-pass', caseId: 12, version: 0 });
  });

  it('is forged when a field is missing, added, renamed, emptied of its type, or too long', () => {
    for (const [verb, data] of HONEST) {
      for (const extra of ['lifetimeMinutes', 'technician', 'caller ', 'Case', 'role', 'decision2']) {
        assert.deepEqual(readAction(verb, { ...data, [extra]: 1 }), { kind: 'forged', reason: 'unknown field' });
      }
      for (const name of Object.keys(data)) {
        const { [name]: taken, ...rest } = data;
        for (const value of [null, [], {}, [taken], true, 1.5]) {
          assert.ok(
            isForged(readAction(verb, { ...data, [name]: value })),
            `${verb}.${name} as ${JSON.stringify(value)}`,
          );
        }
        if (typeof taken === 'string') {
          assert.ok(isForged(readAction(verb, { ...data, [name]: 'x'.repeat(30_000) })), `${verb}.${name} too long`);
          assert.ok(isForged(readAction(verb, { ...data, [name]: 7 })), `${verb}.${name} as a number`);
        }
        const mayBeEmpty = ['atHand', 'number', 'place', 'reason'].includes(name);
        if (!mayBeEmpty) assert.ok(isForged(readAction(verb, rest)), `${verb} without ${name}`);
      }
    }
  });

  it('is forged when a choice is not on the list', () => {
    assert.ok(isForged(readAction('record-callback', { ...at, outcome: 'answered' })));
    assert.ok(isForged(readAction('decide-approval', { ...at, decision: 'yes', subject: 'f00d' })));
    assert.ok(isForged(readAction('escalate', { ...at, because: 'stopped' })), 'the procedure itself says stopped');
    assert.ok(isForged(readAction('abandon', { ...at, because: 'technician-unsure' })));
    assert.ok(isForged(readAction('pick-caller', { caller: CALLER.toUpperCase() })));
    assert.ok(isForged(readAction('pick-caller', { caller: `${CALLER}'` })));
  });

  it('is forged when more methods are ticked than anybody has', () => {
    const many = Array.from({ length: 51 }, (_, at51) => `m-${at51}`).join(',');
    assert.ok(isForged(readAction('tick-methods', { ...at, atHand: many })));
  });

  it('is written down without a word of what was sent', () => {
    const canary = 'CANARY-7731';
    for (const [verb, data] of HONEST) {
      for (const name of [...Object.keys(data), canary]) {
        for (const value of [canary, [canary], { [canary]: canary }]) {
          const press = readAction(verb, { ...data, [name]: value });
          if (press.kind === 'forged') assert.doesNotMatch(press.reason, /CANARY/);
        }
      }
    }
  });

  it('never throws, and never returns a click that was not sent', () => {
    const verbs = fc.oneof(fc.constantFrom(...HONEST.map(([verb]) => verb)), fc.string());
    const data = fc.oneof(fc.jsonValue(), fc.anything(), fc.constantFrom(...HONEST.map(([, honest]) => honest)));
    fc.assert(
      fc.property(verbs, data, (verb, sent) => {
        const press = readAction(verb, sent);
        assert.ok(press.kind === 'forged' || press.kind === verb);
        if ('caseId' in press) assert.ok(Number.isSafeInteger(press.caseId) && press.caseId > 0);
        if ('version' in press) assert.ok(Number.isSafeInteger(press.version) && press.version >= 0);
      }),
      { numRuns: 10_000 },
    );
  });
});

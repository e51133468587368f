import assert from 'node:assert/strict';
import type { CallerFacts, Instant, Reading } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { actorOf } from '../../src/procedure/actors.ts';
import { leadsTo, STAYS, take } from './exactly.ts';
import { after, caseIn, COLLEAGUE, FACTS, MANAGER, NOW, ONE_OF_EACH, POLICY, PROOF, read } from './people.ts';
import { OF_THEIR_OWN, TECHNICIAN, unread } from './people.ts';

const WITHOUT_PASS = ONE_OF_EACH.filter(({ kind }) =>
  [
    'asking-methods',
    'choosing-proof',
    'awaiting-callback',
    'awaiting-manager',
    'awaiting-approval',
    'ready-to-issue',
  ].some((name) => name === kind),
);
const reading = (facts: Partial<CallerFacts>, by: typeof TECHNICIAN | 'hardline' = 'hardline') =>
  ({ kind: 'snapshot-read-again', by, facts: { ...FACTS, readAt: after(1), ...facts } }) as const;
const disabled = read({ enabled: false, kind: 'member', synced: false, managementRestricted: false } as const);

describe('Facts that are read again', () => {
  it('come from the technician of the case or from the bot itself, and from nobody else', () => {
    assert.equal(actorOf('snapshot-read-again'), 'case-technician');
    const [asking] = WITHOUT_PASS;
    assert.ok(asking !== undefined);
    assert.deepEqual(take(asking, { ...reading({}), by: COLLEAGUE }), { refused: 'not-your-case' });
  });

  for (const state of WITHOUT_PASS) {
    it(`complete the case and leave it where it is: ${state.kind}`, () => {
      for (const by of [TECHNICIAN, 'hardline'] as const) {
        const at = caseIn(state, { account: unread });
        const result = step(at, reading({}, by), POLICY, after(2));
        assert.ok(result.kind === 'moved');
        assert.equal(result.case.facts.account.kind, 'read');
        if (state.kind !== 'awaiting-approval') assert.deepEqual([result.case.state, result.effects], [state, []]);
      }
    });

    it(`end the case where they forbid it: ${state.kind}`, () => {
      const ended = take(state, reading({ account: disabled }), { now: after(2) });
      assert.ok('to' in ended && ended.to.kind === 'closed' && ended.to.closing.because === 'stopped');
    });

    it(`change nothing when the bot read nothing new: ${state.kind}`, () => {
      if (state.kind === 'awaiting-approval') return; // its made-up subject differs; see below
      const longer = read({ since: (NOW - 900 * 86_400_000 - 1000) as Instant, changed: false });
      assert.deepEqual(take(state, reading({ managerAge: longer })), STAYS);
    });
  }

  it('are in the case that they end, so that everybody can see why', () => {
    for (const by of [TECHNICIAN, 'hardline'] as const) {
      const at = caseIn({ kind: 'choosing-proof', lastAttempt: null });
      const ended = step(at, reading({ account: disabled }, by), POLICY, after(2));
      assert.ok(ended.kind === 'moved');
      assert.deepEqual([ended.case.facts.account, ended.case.technician], [disabled, TECHNICIAN]);
    }
  });

  it('by the bot do not make the case look younger: nobody worked on it', () => {
    const at = caseIn({ kind: 'choosing-proof', lastAttempt: null }, { risk: unread });
    const byItself = step(at, reading({}), POLICY, after(30));
    assert.ok(byItself.kind === 'moved');
    assert.equal(byItself.case.movedAt, NOW);
    const asked = step(at, reading({}, TECHNICIAN), POLICY, after(30));
    assert.ok(asked.kind === 'moved');
    assert.equal(asked.case.movedAt, after(30));
  });

  it('by the bot keep what was read before; those the technician asked for show what could be read now', () => {
    const at = caseIn({ kind: 'choosing-proof', lastAttempt: null }, { groups: unread });
    const kept = step(at, reading({ risk: unread }), POLICY, after(2));
    assert.ok(kept.kind === 'moved');
    assert.deepEqual([kept.case.facts.risk.kind, kept.case.facts.groups.kind], ['read', 'read']);
    const asked = step(at, reading({ risk: unread }, TECHNICIAN), POLICY, after(2));
    assert.ok(asked.kind === 'moved');
    assert.equal(asked.case.facts.risk.kind, 'unread');
  });

  it('by the bot never keep the age of another number or another manager', () => {
    const numbers = (digest: string): CallerFacts['numbers'] =>
      read([{ ref: 'office', source: 'directory-office', lastDigits: '42', digest, ...OF_THEIR_OWN, age: unread }]);
    const ageAfter = (now: Partial<CallerFacts>): readonly Reading<unknown>[] => {
      const result = step(caseIn({ kind: 'choosing-proof', lastAttempt: null }), reading(now), POLICY, after(2));
      const { facts } = result.kind === 'moved' ? result.case : { facts: FACTS };
      const [number] = facts.numbers.kind === 'read' ? facts.numbers.value : [];
      return [number?.age ?? unread, facts.managerAge, facts.closeToTechnician];
    };
    const kinds = (now: Partial<CallerFacts>) => ageAfter(now).map(({ kind }) => kind);
    const ages = { managerAge: unread, closeToTechnician: unread };
    assert.deepEqual(kinds({ ...ages, numbers: numbers('digest-office') }), ['read', 'read', 'read']);
    assert.deepEqual(kinds({ ...ages, numbers: numbers('another') }), ['unread', 'read', 'read']);
    assert.deepEqual(kinds({ ...ages, manager: read(COLLEAGUE) }), ['read', 'unread', 'unread']);
    assert.deepEqual(kinds({ ...ages, manager: read(MANAGER) }), ['read', 'read', 'read']);
    assert.deepEqual(kinds({ ...ages, manager: unread }), ['read', 'read', 'read']);
  });

  it('that are older than what the case knows change nothing', () => {
    const late = { ...reading({ account: disabled }), facts: { ...FACTS, readAt: after(-1), account: disabled } };
    assert.deepEqual(take({ kind: 'choosing-proof', lastAttempt: null }, late), STAYS);
  });

  it('by the bot come too late for a case that has moved on, and nobody reads a refusal', () => {
    for (const state of ONE_OF_EACH.filter((one) => !WITHOUT_PASS.includes(one)))
      assert.deepEqual(take(state, reading({ account: disabled })), STAYS, state.kind);
  });
});

describe('Facts that are read again while a second person is asked', () => {
  const waiting = () => {
    const vip = {
      groups: read({ inRoleAssignableGroup: false, inProtectedGroup: false, inVipGroup: true, inHelpdeskGroup: false }),
    };
    const dialing = {
      kind: 'awaiting-callback',
      numberRef: 'office',
      numberDigest: 'digest-office',
      since: after(-1),
    } as const;
    const answered = { kind: 'callback-recorded', by: TECHNICIAN, outcome: 'answered-by-caller' } as const;
    const asked = step(caseIn(dialing, vip), answered, POLICY, NOW);
    assert.ok(asked.kind === 'moved' && asked.case.state.kind === 'awaiting-approval');
    return { at: asked.case, state: asked.case.state, vip };
  };

  it('ask again when what would be approved has changed, about what it is now', () => {
    const { at, state, vip } = waiting();
    const risk = read({ level: 'medium', confirmedCompromised: false } as const);
    const again = step(at, reading({ ...vip, risk }), POLICY, after(2));
    assert.ok(again.kind === 'moved' && again.case.state.kind === 'awaiting-approval');
    const { subject, reasons, proof, since } = again.case.state;
    assert.notEqual(subject, state.subject);
    assert.deepEqual([reasons, proof, since], [['medium-risk', 'vip'], { ...PROOF, at: NOW }, after(2)]);
    assert.deepEqual(again.effects, [{ kind: 'ask-approvers', subject, reasons, needs: 'approver' }]);
  });

  it('leave the question alone when nothing of it changed, or could not be read', () => {
    const { at, state, vip } = waiting();
    assert.equal(step(at, reading(vip), POLICY, after(2)).kind, 'unchanged');
    assert.equal(
      step(at, reading({ groups: unread, risk: unread, methods: unread }), POLICY, after(2)).kind,
      'unchanged',
    );
    const pressed = step(at, reading({ ...vip, methods: unread }, TECHNICIAN), POLICY, after(2));
    assert.ok(pressed.kind === 'moved');
    assert.deepEqual([pressed.case.state, pressed.effects], [state, []]);
  });

  it('do not take the question back when its reason is gone: a "no" must not be lost', () => {
    const { at, state } = waiting();
    const result = step(at, reading({}), POLICY, after(2));
    assert.ok(result.kind === 'moved');
    assert.deepEqual([result.case.state, result.effects], [state, []]);
    const older = step({ ...at, reasonsFound: [] }, reading({}), POLICY, after(2));
    assert.ok(older.kind === 'moved');
    assert.deepEqual([older.case.state, older.effects], [state, []], 'a case of an older version kept no reasons');
  });
});

describe('A new password', () => {
  const progress = { step: 'verifying', reason: null, at: after(3) } as const;
  const atThePage = { kind: 'awaiting-self-service', since: NOW, progress, pass: null } as const;
  const set = {
    kind: 'self-service-progressed',
    progress: { step: 'password-set', reason: null, at: after(2) },
  } as const;

  it('ends the case whatever the log says so far, without saying who set it', () => {
    const closing = { outcome: 'resolved', because: 'password-set', setAt: after(2) } as const;
    assert.deepEqual(take(atThePage, set), leadsTo({ kind: 'closed', at: NOW, closing }));
  });

  it('is the reset by the caller when the log told that first', () => {
    const succeeded = { ...set, progress: { ...set.progress, step: 'succeeded', at: after(4) } } as const;
    const done = take(atThePage, succeeded);
    assert.ok('to' in done && done.to.kind === 'closed' && done.to.closing.because === 'self-service-succeeded');
    assert.deepEqual(take(done.to, set), STAYS);
  });
});

import assert from 'node:assert/strict';
import type { CaseState, SelfServiceProgress } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { RegisteredMethod } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { leadsTo, PASSED, STAYS, take } from './exactly.ts';
import { after, caseIn, FACTS, NOW, PASS, POLICY, read, TECHNICIAN } from './people.ts';

const by = TECHNICIAN;
const BEFORE = FACTS.methods.kind === 'read' ? FACTS.methods.value : [];
const method = (ref: string, kind: RegisteredMethod['kind']): RegisteredMethod => ({
  ref,
  kind,
  masked: '',
  digest: null,
  registeredAt: NOW,
});
const MAIL = method('mail', 'email');
const TOKEN = method('token', 'software-token');
const KEY = method('key', 'passkey');
const seen = (...methods: readonly RegisteredMethod[]): CaseEvent => ({ kind: 'methods-seen', methods });

function waiting(newMethods: readonly RegisteredMethod[] = []) {
  const methodsBefore = BEFORE.map(({ ref, digest }) => ({ ref, digest }));
  return { kind: 'awaiting-backup-method', pass: PASS, issuedOn: null, since: NOW, methodsBefore, newMethods } as const;
}

function atThePage(progress: SelfServiceProgress, pass: typeof PASS | null = null): CaseState {
  return { kind: 'awaiting-self-service', since: NOW, progress, pass };
}

const linkSent: SelfServiceProgress = { step: 'link-sent', reason: null, at: NOW };
const resolved = (because: 'self-service-succeeded' | 'methods-registered') =>
  ({ outcome: 'resolved', because }) as const;
const withdrawing = (because: Parameters<typeof resolved>[0], since = NOW) =>
  leadsTo(
    { kind: 'withdrawing-pass', pass: PASS, since, then: resolved(because), firstGoneAt: null },
    { kind: 'delete-pass', passId: 'p1' },
  );

describe('While the caller holds a pass', () => {
  it('only methods that are new and count for the reset page are news', () => {
    assert.deepEqual(take(waiting(), seen(...BEFORE)), STAYS);
    assert.deepEqual(take(waiting(), seen(...BEFORE, KEY)), STAYS, 'a passkey does not count there');
    assert.deepEqual(take(waiting(), seen(...BEFORE, MAIL)), leadsTo(waiting([MAIL])));
    assert.deepEqual(take(waiting([MAIL]), seen(...BEFORE, MAIL)), STAYS, 'the same again');
    assert.deepEqual(take(waiting([MAIL]), seen(...BEFORE)), leadsTo(waiting()), 'it was taken away again');
    assert.deepEqual(
      take(waiting([MAIL]), seen(MAIL, TOKEN), { facts: { registration: off } }),
      leadsTo(waiting([MAIL, TOKEN])),
    );
    assert.deepEqual(take(waiting([MAIL, TOKEN]), seen(TOKEN, MAIL)), STAYS, 'in another order');
    const swapped = take(waiting([MAIL]), seen(...BEFORE, TOKEN));
    assert.deepEqual(swapped, leadsTo(waiting([TOKEN])), 'as many as before, but not the same');
  });

  it('enough of them in hand opens the way to the reset page; what lies at home does not count', () => {
    const onward = leadsTo(atThePage(linkSent, PASS), { kind: 'push-self-service-link' });
    assert.deepEqual(take(waiting(), seen(...BEFORE, MAIL, TOKEN)), onward);
    assert.deepEqual(
      take(waiting(), seen(...BEFORE, MAIL)),
      leadsTo(waiting([MAIL])),
      'the app and the phone lie at home',
    );
    assert.deepEqual(take(waiting(), seen(...BEFORE, MAIL), { atHand: ['mobile'] }), onward, 'ticked as being at hand');
    const blocked = take(waiting(), seen(...BEFORE, MAIL, TOKEN), { facts: { registration: off } });
    assert.deepEqual(blocked, leadsTo(waiting([MAIL, TOKEN])), 'self-service is off');
  });

  it('what they register is in the case from then on, as being at hand, beside what was ticked', () => {
    for (const methods of [
      [...BEFORE, MAIL],
      [...BEFORE, MAIL, TOKEN],
    ]) {
      const at = { ...caseIn(waiting()), atHand: ['mobile', 'mail'] };
      const result = step(at, { kind: 'methods-seen', methods }, POLICY, NOW);
      assert.ok(result.kind === 'moved');
      const { facts, atHand, id } = result.case;
      assert.deepEqual([facts.methods, id], [read(methods), at.id]);
      assert.deepEqual(atHand, ['mobile', ...methods.slice(2).map(({ ref }) => ref)], 'each once');
    }
  });

  it('a phone with another number is a new method, although Microsoft gives it the same id', () => {
    const phone = (digest: string | null) => ({ ...method('mobile', 'mobile-phone'), digest });
    const before = { ...waiting(), methodsBefore: [{ ref: 'mobile', digest: 'old number' }] } as const;
    const replaced = phone('new number');
    assert.deepEqual(take(before, seen(phone('old number'))), STAYS);
    assert.deepEqual(take(before, seen(replaced)), leadsTo({ ...before, newMethods: [replaced] }));
    const again = phone('yet another');
    assert.deepEqual(
      take({ ...before, newMethods: [replaced] }, seen(again)),
      leadsTo({ ...before, newMethods: [again] }),
    );
    assert.deepEqual(take(before, seen(phone(null))), STAYS, 'where a digest is unknown, the id decides');
    const older = { ...waiting(), methodsBefore: [{ ref: 'mobile', digest: null }] } as const;
    assert.deepEqual(take(older, seen(replaced)), STAYS, 'as in cases of older versions');
  });

  it('it is done when enough is registered and one of it is new, and not before', () => {
    const done = { kind: 'done-pressed', by } as const;
    const enough = { facts: { methods: read([...BEFORE, MAIL]) } };
    assert.deepEqual(take(waiting(), done, enough), { refused: 'not-resolved-yet' });
    assert.deepEqual(take(waiting([MAIL]), done, enough), withdrawing('methods-registered'));
    assert.deepEqual(take(waiting([MAIL]), done, { facts: { methods: read([MAIL]) } }), {
      refused: 'not-resolved-yet',
    });
    assert.deepEqual(take(atThePage(linkSent, PASS), done, enough), withdrawing('methods-registered'));
    assert.deepEqual(take(atThePage(linkSent), done, enough), { refused: 'not-resolved-yet' });
    const unread = { facts: { methods: { kind: 'unread', why: 'timeout' } as const } };
    assert.deepEqual(take(waiting([MAIL]), done, unread), { refused: 'not-resolved-yet' });
  });

  it('a pass that runs out after enough was registered ends as resolved', () => {
    const now = PASS.usableUntil;
    const enough = { facts: { methods: read([...BEFORE, MAIL]) }, now };
    assert.deepEqual(take(waiting([MAIL]), PASSED, enough), withdrawing('methods-registered', now));
  });

  it('it can be taken back where there is one', () => {
    const press = { kind: 'withdraw-pressed', by } as const;
    assert.deepEqual(take(atThePage(linkSent), press), { refused: 'not-in-this-state' });
    assert.deepEqual(take(atThePage(linkSent, PASS), { kind: 'went-back', by }), { refused: 'not-in-this-state' });
    const asking = { kind: 'asking-methods', selfServiceFailure: null } as const;
    assert.deepEqual(take(atThePage(linkSent), { kind: 'went-back', by }), leadsTo(asking));
  });
});

const REPORT = FACTS.registration.kind === 'read' ? FACTS.registration.value : assert.fail();
const off = read({ ...REPORT, ssprEnabled: false });

describe('At the reset page', () => {
  const progressed = (progress: SelfServiceProgress): CaseEvent => ({ kind: 'self-service-progressed', progress });
  const at = (step: SelfServiceProgress['step'], minutes: number, reason: string | null = null) =>
    ({ step, reason, at: after(minutes) }) as const;

  it('what is later, or further at the same moment, is news; what is known is not', () => {
    const entered = at('id-entered', 1);
    assert.deepEqual(take(atThePage(linkSent), progressed(entered)), leadsTo(atThePage(entered)));
    assert.deepEqual(take(atThePage(entered), progressed(at('id-entered', 2))), STAYS, 'the same step again');
    assert.deepEqual(take(atThePage(at('verifying', 2)), progressed(entered)), STAYS, 'an older one');
    assert.deepEqual(take(atThePage(entered), progressed(at('verifying', 1))), leadsTo(atThePage(at('verifying', 1))));
    assert.deepEqual(take(atThePage(at('verifying', 1)), progressed(entered)), STAYS, 'the same moment, not as far');
    assert.deepEqual(take(atThePage(at('verifying', 2)), progressed(at('succeeded', 1))), STAYS, 'further, but older');
  });

  it('a failure leads back to the question, also a second one for another reason; with a pass at work it only shows', () => {
    for (const step of ['failed', 'blocked'] as const) {
      const failure = at(step, 1, 'wrong code');
      const asking = { kind: 'asking-methods', selfServiceFailure: failure } as const;
      assert.deepEqual(take(atThePage(linkSent), progressed(failure)), leadsTo(asking));
      assert.deepEqual(take(atThePage(linkSent, PASS), progressed(failure)), leadsTo(atThePage(failure, PASS)));
      const other = at(step, 2, 'too many attempts');
      assert.deepEqual(take(atThePage(failure, PASS), progressed(other)), leadsTo(atThePage(other, PASS)));
      assert.deepEqual(take(atThePage(failure, PASS), progressed(at('blocked', 1, 'wrong code'))), STAYS);
    }
  });

  it('success closes the case, and takes back the pass first', () => {
    const closed = { kind: 'closed', at: NOW, closing: resolved('self-service-succeeded') } as const;
    assert.deepEqual(take(atThePage(linkSent), progressed(at('succeeded', 0))), leadsTo(closed));
    assert.deepEqual(
      take(atThePage(linkSent, PASS), progressed(at('succeeded', 0))),
      withdrawing('self-service-succeeded'),
    );
  });

  it('the link is pushed to a caller with enough at hand, and others are told that a recovery runs', () => {
    const asking = { kind: 'asking-methods', selfServiceFailure: null } as const;
    const ticked = (...atHand: string[]) => ({ kind: 'methods-ticked', by, atHand }) as const;
    const link = leadsTo(atThePage(linkSent), { kind: 'push-self-service-link' });
    assert.deepEqual(take(asking, ticked('app', 'mobile')), link);
    const onward = { kind: 'choosing-proof', lastAttempt: null } as const;
    const notice = { kind: 'notify-caller', notice: 'recovery-started' } as const;
    assert.deepEqual(take(asking, ticked()), leadsTo(onward, notice));
    assert.deepEqual(take(asking, ticked('app', 'mobile'), { facts: { registration: off } }), leadsTo(onward, notice));
    assert.deepEqual(take(asking, ticked('pigeon'), { facts: { methods: read([]) } }), { refused: 'unknown-method' });
  });

  it('reading again ends the case only where a guard ends cases', () => {
    const asking = { kind: 'asking-methods', selfServiceFailure: null } as const;
    const again = (facts: Partial<typeof FACTS>) =>
      take(asking, { kind: 'snapshot-read-again', by, facts: { ...FACTS, ...facts } });
    assert.deepEqual(again({}), leadsTo(asking));
    const role = { templateId: 'x', name: 'Some Role', how: 'active' } as const;
    assert.deepEqual(again({ activeRoles: read([role]) }), leadsTo(asking), 'a role keeps only the pass away');
    const disabled = { enabled: false, kind: 'member', synced: false, managementRestricted: false } as const;
    const account = read(disabled);
    for (const facts of [{ account }, { account, activeRoles: read([role]) }]) {
      const ended = again(facts);
      assert.ok('to' in ended && ended.to.kind === 'closed' && ended.to.closing.outcome === 'escalated');
      assert.equal(ended.to.closing.because, 'stopped');
    }
  });
});

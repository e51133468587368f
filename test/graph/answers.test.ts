import assert from 'node:assert/strict';
import { stepOf } from '../../src/graph/self-service.ts';
import { kindOf } from '../../src/graph/methods.ts';
import { methodShape } from '../../src/graph/shapes.ts';
import { passPolicyOf, passPolicyShape } from '../../src/graph/pass-policy.ts';
import type { GroupAccess, GroupAccesses } from '../../src/graph/group-access.ts';
import { groupsOf } from '../../src/graph/groups.ts';
import { createPass, readPass } from '../../src/graph/temporary-access-pass.ts';
import type { Answer } from '../../src/graph/answer.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { harness, graphError } from './stub-graph.ts';
import type { Reply } from './stub-graph.ts';

const lena = 'a0000000-0000-4000-8000-000000000010' as PersonId;
const order = { orderId: 'o1', lifetimeMinutes: 60, oneTime: true, orderedAt: 0 as Instant, passBefore: null };
const ok = (body: unknown): Answer => ({ kind: 'answered', status: 200, body, retryAfterMs: null, requestId: null });

const NOTHING: GroupAccess = { roleAssignable: false, groups: new Set() };
const NOTHING_BY_PIM: GroupAccesses = {
  assigned: { kind: 'read', value: NOTHING },
  eligible: { kind: 'read', value: NOTHING },
};

async function once<T>(
  reply: Reply,
  ask: (client: Awaited<ReturnType<typeof harness>>['client']) => Promise<T>,
): Promise<T> {
  const one = await harness(() => reply);
  const result = await ask(one.client);
  await one.close();
  return result;
}

describe('what Graph answers', () => {
  const progress = 'Self-service password reset flow activity progress';
  for (const [activity, result, reason, step] of [
    [progress, 'success', 'User submitted their user ID', 'id-entered'],
    [progress, 'success', 'USER WAS PRESENTED with verification options', 'verifying'],
    [progress, 'success', 'User started the mobile SMS verification option', 'verifying'],
    [progress, 'success', 'User successfully reset password', 'succeeded'],
    [progress, 'failure', 'Password reset is not enabled for this user', 'failed'],
    [progress, 'failure', 'User cancelled before passing the required authentication methods', 'failed'],
    [progress, 'success', 'User abandoned after starting the email verification option', 'failed'],
    [
      progress,
      'failure',
      'User entered too many invalid SMS verification codes and is blocked for 24 hours',
      'blocked',
    ],
    [progress, 'success', 'Words Microsoft invents next year', 'verifying'],
    ['Blocked from self-service password reset', 'success', '', 'blocked'],
    ['Reset password (self-service)', 'success', '', 'succeeded'],
    ['Reset password (self-service)', 'failure', 'PasswordDoesnotComplyFuzzyPolicy', 'failed'],
    ['Unlock user account (self-service)', 'success', '', 'succeeded'],
    ['Reset password (by admin)', 'success', '', null],
    ['Change password (self-service)', 'success', '', null],
  ] as const) {
    it(`reads "${reason || activity}" (${result}) as ${step ?? 'nothing about a self-service reset'}`, () => {
      assert.equal(stepOf({ activityDisplayName: activity, result, resultReason: reason }), step);
    });
  }

  it('reads an unknown kind of method as "other"', () => {
    const method = (type: string, more = {}) => kindOf(methodShape.parse({ '@odata.type': type, id: '1', ...more }));
    assert.equal(method('#microsoft.graph.telepathyAuthenticationMethod'), 'other');
    assert.equal(method('#microsoft.graph.qrCodePinAuthenticationMethod'), 'other');
    assert.equal(method('#microsoft.graph.phoneAuthenticationMethod', { phoneType: 'satellite' }), 'other');
    assert.equal(method('#microsoft.graph.fido2AuthenticationMethod'), 'passkey');
  });

  it('lets an exclusion win, and counts nobody into a policy that does not name them', () => {
    const policy = (includeTargets: object[], excludeTargets: object[] = []) =>
      ({
        kind: 'read',
        value: passPolicyShape.parse({
          state: 'enabled',
          defaultLifetimeInMinutes: 60,
          minimumLifetimeInMinutes: 60,
          maximumLifetimeInMinutes: 480,
          isUsableOnce: false,
          includeTargets,
          excludeTargets,
        }),
      }) as const;
    const member = { kind: 'read', value: { asked: new Set(['g1', 'g2']), member: new Set(['g1']) } } as const;
    const inScope = (...given: Parameters<typeof policy>) => {
      const facts = passPolicyOf(policy(...given), lena, member);
      return facts.kind === 'read' && facts.value.callerInScope;
    };
    const all = { targetType: 'group', id: 'all_users' };
    const group = (id: string) => ({ targetType: 'group', id });
    assert.equal(inScope([all]), true);
    assert.equal(inScope([all], [group('G1')]), false);
    assert.equal(inScope([all], [group('g2')]), true);
    assert.equal(inScope([group('g2')]), false);
    assert.equal(inScope([]), false);
    assert.equal(inScope([{ targetType: 'user', id: lena }]), true);
    assert.equal(inScope([all], [{ targetType: 'user', id: lena }]), false);
    assert.throws(() => passPolicyShape.parse({ state: 'enabled' }));
  });

  it('stops when Graph hides what kind of groups the caller owns', () => {
    const facts = (owned: object) =>
      groupsOf(
        { roleGroups: ok({ value: [] }), ownedGroups: ok({ value: [owned] }) },
        { kind: 'read', value: { asked: new Set(), member: new Set() } },
        NOTHING_BY_PIM,
        { protectedGroups: [], vipGroup: null, helpdeskGroups: [], inside: { kind: 'read', value: new Map() } },
      );
    assert.deepEqual(facts({ id: 'g', displayName: null, isAssignableToRole: null }), {
      kind: 'unread',
      why: 'denied',
    });
    const plain = facts({ id: 'g', displayName: 'Lunch', isAssignableToRole: null });
    assert.ok(plain.kind === 'read' && !plain.value.inRoleAssignableGroup);
    const admins = facts({ id: 'g', displayName: 'Admins', isAssignableToRole: true });
    assert.ok(admins.kind === 'read' && admins.value.inRoleAssignableGroup);
  });

  it('treats an incomplete list of groups as unread', () => {
    const paged = { value: [], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x' };
    const memberships = { kind: 'read', value: { asked: new Set<string>(), member: new Set<string>() } } as const;
    const facts = groupsOf({ roleGroups: ok(paged), ownedGroups: ok({ value: [] }) }, memberships, NOTHING_BY_PIM, {
      protectedGroups: [],
      vipGroup: null,
      helpdeskGroups: [],
      inside: { kind: 'read', value: new Map() },
    });
    assert.deepEqual(facts, { kind: 'unread', why: 'unknown-shape' });
  });

  for (const [status, message, words] of [
    [400, 'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.', /length/],
    [400, 'Temporary Access Pass cannot be added to an external guest user.', /guest/],
    [400, 'Converged UserCredentialPolicy does not allow creating or updating', /policy/],
    [400, 'Lena Hartmann lena@fernhill.example did something new', /status 400/],
    [403, 'x', /does not have permission/],
    [429, 'x', /throttled/],
  ] as const) {
    it(`says in our words why a pass was refused (${status}, ${message.slice(0, 24)})`, async () => {
      const creation = await once(graphError(status, 'badRequest', message), (client) =>
        createPass(client, lena, order),
      );
      assert.ok(creation.kind === 'refused');
      assert.match(creation.reason, words);
      assert.doesNotMatch(creation.reason, /Lena|@/);
    });
  }

  for (const json of [
    {},
    [],
    null,
    { id: 'p' },
    {
      id: 'p',
      temporaryAccessPass: null,
      createdDateTime: '2026-03-02T09:00:00Z',
      lifetimeInMinutes: 60,
      isUsableOnce: true,
      isUsable: true,
    },
  ]) {
    it(`treats a 201 that it cannot read as a pass that may exist: ${JSON.stringify(json).slice(0, 30)}`, async () => {
      const creation = await once({ status: 201, json }, (client) => createPass(client, lena, order));
      assert.equal(creation.kind, 'unanswered');
    });
  }

  it('holds the code in a secret from the first moment', async () => {
    const json = {
      id: 'p',
      temporaryAccessPass: 'CANARY+1',
      createdDateTime: '2022-06-02T16:21:09.765173Z',
      startDateTime: '2022-06-05T00:00:00Z',
      lifetimeInMinutes: 60,
      isUsableOnce: true,
      isUsable: false,
      methodUsabilityReason: 'NotYetValid',
    };
    const creation = await once({ status: 201, json }, (client) => createPass(client, lena, order));
    assert.ok(creation.kind === 'created');
    assert.ok(!`${JSON.stringify(creation.pass)}${String(creation.secret)}`.includes('CANARY'));
    assert.equal(creation.pass.usableFrom, Date.parse('2022-06-05T00:00:00Z'), 'counted from its start');
    assert.equal(creation.secret.reveal(), 'CANARY+1');
    const found = await once({ status: 200, json: { value: [json] } }, (client) => readPass(client, lena));
    assert.ok(found.kind === 'read' && !JSON.stringify(found.value).includes('CANARY'));
  });
});

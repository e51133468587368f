/** What every request has to have, what every answer carries, batches, and the calls that must never be made. */
import assert from 'node:assert/strict';
import { closeTenants, EVENTUAL, LENA, methods, openTenant, passes, person } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const batch = (tenant: TestTenant, requests: readonly unknown[], version = 'v1.0') =>
  tenant.ask(`/${version}/$batch`, { body: { requests } });

describe('the transport of the emulated Graph', () => {
  afterEach(closeTenants);

  it('refuses a request without a token', async () => {
    const tenant = await openTenant();
    const refused = await tenant.ask(`/v1.0/users/${LENA}`, { token: null });
    assert.equal(refused.status, 401);
    assert.equal(refused.body.error.code, 'InvalidAuthenticationToken');
    assert.equal((await tenant.ask('/v1.0/$batch', { token: null, body: { requests: [] } })).status, 401);
  });

  it('gives the request id back that it was asked with, in the header and in the error', async () => {
    const tenant = await openTenant();
    const id = '11111111-2222-4333-8444-555555555555';
    const answer = await tenant.ask('/v1.0/users/nobody@fernhill.example', { headers: { 'client-request-id': id } });
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('client-request-id'), id);
    assert.ok(answer.headers.get('x-ms-ags-diagnostic'));
    const { code, message, innerError } = answer.body.error;
    assert.equal(code, 'Request_ResourceNotFound');
    assert.equal(
      message,
      "Resource 'nobody@fernhill.example' does not exist or one of its queried reference-property objects are not present.",
    );
    assert.equal(innerError['client-request-id'], id);
    assert.equal(innerError['request-id'], answer.headers.get('request-id'));
    assert.equal(innerError['date'], '2026-03-02T09:00:00');
  });

  it('answers a batch part by part, in another order than asked', async () => {
    const tenant = await openTenant();
    const answer = await batch(tenant, [
      { id: 'user', method: 'GET', url: `/users/${LENA}?$select=id` },
      { id: 'nobody', method: 'GET', url: '/users/nobody' },
      {
        id: 'roles',
        method: 'GET',
        url: `/users/${person(18)}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`,
        headers: { ConsistencyLevel: 'eventual' },
      },
      { id: 'cast', method: 'GET', url: `/users/${person(18)}/transitiveMemberOf/microsoft.graph.directoryRole` },
    ]);
    assert.equal(answer.status, 200);
    const parts = answer.body.responses;
    assert.deepEqual(
      parts.map(({ id }) => id),
      ['cast', 'roles', 'nobody', 'user'],
    );
    const byId = Object.fromEntries(parts.map((part) => [part.id, part]));
    assert.equal(byId['user']!.status, 200);
    assert.equal(byId['nobody']!.status, 404);
    assert.equal(byId['roles']!.body.value[0]!.displayName, 'Global Administrator');
    assert.equal(byId['cast']!.status, 400, 'the header of another part does not count');
  });

  it('takes twenty parts and not one more, each with an id of its own', async () => {
    const tenant = await openTenant();
    const parts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ id: String(n), method: 'GET', url: `/users/${LENA}` }));
    assert.equal((await batch(tenant, parts(20))).body.responses.length, 20);
    assert.equal((await batch(tenant, parts(21))).status, 400);
    assert.equal((await batch(tenant, [...parts(1), ...parts(1)])).status, 400);
    assert.equal((await batch(tenant, [])).status, 400);
  });

  it('wants a Content-Type beside the body of a part', async () => {
    const tenant = await openTenant();
    const part = { id: '1', method: 'POST', url: `/users/${LENA}/checkMemberGroups`, body: { groupIds: [] } };
    assert.equal((await batch(tenant, [part])).status, 400);
    const headed = { ...part, headers: { 'Content-Type': 'application/json' } };
    assert.equal((await batch(tenant, [headed])).body.responses[0]!.status, 200);
  });

  it('fails a part whose dependency failed', async () => {
    const tenant = await openTenant();
    const answer = await batch(tenant, [
      { id: '1', method: 'GET', url: '/users/nobody' },
      { id: '2', method: 'GET', url: `/users/${LENA}`, dependsOn: ['1'] },
    ]);
    const statuses = answer.body.responses.map(({ id, status }) => `${id}:${status}`);
    assert.deepEqual(statuses.toSorted(), ['1:404', '2:424']);
  });

  it('limits the parts of a batch one by one', async () => {
    const tenant = await openTenant();
    const risky = { method: 'GET', url: `/identityProtection/riskyUsers/${person(31)}` };
    const answer = await batch(tenant, [
      { id: '1', ...risky },
      { id: '2', ...risky },
    ]);
    const statuses = answer.body.responses.map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [200, 429]);
  });

  it('knows beta resources in beta only', async () => {
    const tenant = await openTenant();
    const path = 'roleManagement/directory/transitiveRoleAssignments?$count=true';
    assert.equal((await tenant.ask(`/v1.0/${path}`, EVENTUAL)).status, 400);
    assert.equal((await tenant.ask(`/beta/${path}`)).status, 404, 'without the header it does not exist');
    assert.equal((await tenant.ask(`/beta/${path}`, EVENTUAL)).status, 200);
  });

  it('refuses and counts every call that would set a password', async () => {
    const tenant = await openTenant();
    const before = (await tenant.ask(`/v1.0/users/${LENA}?$select=lastPasswordChangeDateTime`)).body;
    const password = { passwordProfile: { password: 'x', forceChangePasswordNextSignIn: true } };
    const refused = [
      await tenant.ask(`${methods(LENA)}/28c10230-6103-485e-b985-444c60001490/resetPassword`, { body: {} }),
      await tenant.ask(`/beta/users/${LENA}/authentication/passwordMethods/x/microsoft.graph.resetPassword()`, {
        body: {},
      }),
      await tenant.ask(`/v1.0/users/${LENA}`, { method: 'PATCH', body: password }),
      await tenant.ask('/v1.0/me/changePassword', { body: {} }),
      await tenant.ask('/v1.0/users', { body: password }),
    ];
    const inBatch = await batch(tenant, [
      {
        id: '1',
        method: 'PATCH',
        url: `/users/${LENA}`,
        headers: { 'Content-Type': 'application/json' },
        body: password,
      },
    ]);
    assert.deepEqual(
      refused.map(({ status }) => status),
      [403, 403, 403, 403, 403],
    );
    assert.equal(inBatch.body.responses[0]!.status, 403);
    assert.equal(tenant.control.state().forbiddenAttempts, 6);
    const after = (await tenant.ask(`/v1.0/users/${LENA}?$select=lastPasswordChangeDateTime`)).body;
    assert.deepEqual(after, before);
  });

  it('refuses every other change without counting it as a password', async () => {
    const tenant = await openTenant();
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}`, { method: 'PATCH', body: { jobTitle: 'x' } })).status, 403);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/authentication/phoneMethods`, { body: {} })).status, 403);
    assert.equal(tenant.control.state().forbiddenAttempts, 0);
  });

  it('refuses what the app was not permitted, in the words of each API', async () => {
    const tenant = await openTenant();
    tenant.control.permissions({
      revoke: ['UserAuthMethod-TAP.ReadWrite.All', 'User.RevokeSessions.All', 'User.Read.All'],
    });
    const pass = await tenant.ask(passes(LENA), { body: {} });
    assert.deepEqual([pass.status, pass.body.error.code], [403, 'accessDenied']);
    const user = await tenant.ask(`/v1.0/users/${LENA}`);
    assert.deepEqual([user.status, user.body.error.code], [403, 'Authorization_RequestDenied']);
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/revokeSignInSessions`, { method: 'POST' })).status, 403);
    tenant.control.permissions({ grant: ['User.RevokeSessions.All'] });
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/revokeSignInSessions`, { method: 'POST' })).body.value, true);
  });

  it('keeps a journal that proves one POST and holds no values', async () => {
    const tenant = await openTenant();
    const headers = { 'client-request-id': 'order-7' };
    await tenant.ask(passes(LENA), { body: { lifetimeInMinutes: 61 }, headers });
    const posts = tenant.control.journal().filter(({ method }) => method === 'POST');
    assert.equal(posts.length, 1);
    assert.equal(posts[0]!.path, passes(LENA));
    assert.equal(posts[0]!.clientRequestId, 'order-7');
    assert.deepEqual(posts[0]!.bodyKeys, ['lifetimeInMinutes']);
    assert.equal(posts[0]!.status, 201);
    assert.ok(!JSON.stringify(posts).includes('61'));
  });

  it('does not know paths that Graph does not have, and breaks on no path at all', async () => {
    const tenant = await openTenant();
    for (const path of ['/v2.0/users', '/v1.0/passwords', '/v1.0/users/%E0%A4%A', '/', '/v1.0', '/v1.0//']) {
      assert.equal((await tenant.ask(path)).status, 400, path);
    }
    assert.equal((await tenant.ask('/v1.0/users/a%2Fb')).status, 404, 'an encoded slash stays in its segment');
  });
});

/** Trouble on demand: what was done and what was answered are two things. */
import assert from 'node:assert/strict';
import { closeTenants, LENA, methods, openTenant, passes } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const PASSES = '/v1.0/users/*/authentication/temporaryAccessPassMethods';
const live = (tenant: TestTenant): number => tenant.control.state().passes.length;
const create = (tenant: TestTenant) => tenant.ask(passes(LENA), { body: {} });

describe('faults of the emulated tenant', () => {
  afterEach(closeTenants);

  it('can lose the answer of a creation that took place', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'answer-lost', method: 'POST', path: PASSES, times: 1 });
    await assert.rejects(create(tenant), TypeError);
    assert.equal(live(tenant), 1);
    const [post] = tenant.control.journal();
    assert.deepEqual([post?.status, post?.fault], [201, 'answer-lost']);
    assert.equal((await tenant.ask(passes(LENA))).body.value.length, 1);
  });

  it('can cut an answer in the middle, and send JSON that breaks off', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'cut', path: PASSES, times: 1 });
    await assert.rejects(create(tenant), TypeError);
    tenant.control.fault({ kind: 'half-json', path: PASSES, times: 1 });
    await assert.rejects(create(tenant), SyntaxError);
    assert.equal(live(tenant), 1);
  });

  it('can fail before anything was done, with any status, Retry-After and as a proxy page', async () => {
    const tenant = await openTenant();
    tenant.control.fault({
      kind: 'status',
      status: 504,
      code: 'GatewayTimeout',
      retryAfter: '2.128',
      path: PASSES,
      times: 2,
    });
    const failed = await create(tenant);
    assert.deepEqual([failed.status, failed.body.error.code], [504, 'GatewayTimeout']);
    assert.equal(failed.headers.get('retry-after'), '2.128');
    assert.equal((await create(tenant)).status, 504);
    tenant.control.fault({ kind: 'html-502', path: PASSES, times: 1 });
    const page = await fetch(tenant.origin + passes(LENA), { headers: { Authorization: 'Bearer any' } });
    assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
    await page.text();
    assert.equal(live(tenant), 0);
    assert.equal((await create(tenant)).status, 201, 'the faults are used up');
  });

  it('can take a request and never answer, and answer again once cleared', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'hang', method: 'GET', path: '/v1.0/users/**' });
    const asked = new Promise<void>((resolve) => {
      const look = () => (tenant.control.journal().length > 0 ? resolve() : setImmediate(look));
      look();
    });
    const giveUp = new AbortController();
    const hanging = tenant.ask(methods(LENA), { signal: giveUp.signal });
    await asked;
    giveUp.abort();
    await assert.rejects(hanging, { name: 'AbortError' });
    assert.equal(tenant.control.journal()[0]?.status, null);
    tenant.control.clearFaults();
    assert.equal((await tenant.ask(methods(LENA))).status, 200);
  });

  it('can be slow before the work is done or after', async () => {
    const tenant = await openTenant();
    for (const [does, made] of [
      ['at-once', 1],
      ['after', 0],
    ] as const) {
      tenant.control.reset();
      tenant.control.fault({ kind: 'delay', ms: 600_000, does, path: PASSES, times: 1 });
      const giveUp = new AbortController();
      const slow = tenant.ask(passes(LENA), { body: {}, signal: giveUp.signal });
      while (tenant.control.journal().length === 0) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(live(tenant), made, does);
      giveUp.abort();
      await assert.rejects(slow, { name: 'AbortError' });
    }
  });

  it('hit only the method and the path they name', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'status', status: 503, method: 'POST', path: PASSES });
    assert.equal((await tenant.ask(passes(LENA))).status, 200);
    assert.equal((await tenant.ask(`${passes(LENA)}/x`, { method: 'DELETE' })).status, 404);
    assert.equal((await create(tenant)).status, 503);
    assert.equal(tenant.control.state().faults.length, 1);
  });

  it('hit a part of a batch alone where they are an answer, and all of it where they cut the line', async () => {
    const tenant = await openTenant();
    const requests = [
      { id: '1', method: 'GET', url: `/users/${LENA}` },
      { id: '2', method: 'GET', url: `/users/${LENA}/authentication/methods` },
    ];
    const ask = () => tenant.ask('/v1.0/$batch', { body: { requests } });
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/users/*/authentication/methods', times: 1 });
    const statuses = (await ask()).body.responses.map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [200, 503]);
    tenant.control.fault({ kind: 'cut', path: '/v1.0/users/*/authentication/methods', times: 1 });
    await assert.rejects(ask(), TypeError);
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/$batch', times: 1 });
    assert.equal((await ask()).status, 503);
    assert.equal((await ask()).status, 200);
  });

  it('never let a password through, whatever fault is set', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'status', status: 404, path: '/**' });
    const refused = await tenant.ask(`${methods(LENA)}/x/resetPassword`, { body: {} });
    assert.equal(refused.status, 403);
    assert.equal(tenant.control.state().forbiddenAttempts, 1);
  });

  it('leave no limit behind after a reset', async () => {
    const tenant = await openTenant();
    const ask = async () => (await tenant.ask('/v1.0/auditLogs/signIns')).status;
    for (let n = 0; n < 5; n += 1) await ask();
    assert.equal(await ask(), 429);
    tenant.control.reset();
    assert.equal(await ask(), 200);
  });

  it('are forgotten on reset, with everything that happened since the start', async () => {
    const tenant = await openTenant();
    await create(tenant);
    tenant.control.fault({ kind: 'hang', path: '/**' });
    tenant.control.nextPass('left over');
    tenant.control.latency({ ms: 5000 });
    tenant.control.changePerson({ user: LENA, accountEnabled: false });
    tenant.clock.now += 86_400_000;
    tenant.control.reset();
    const state = tenant.control.state();
    assert.deepEqual([state.passes, state.faults, state.latencyMs, state.requests], [[], [], 0, 0]);
    assert.notEqual((await create(tenant)).body.temporaryAccessPass, 'left over');
    const user = await tenant.ask(`/v1.0/users/${LENA}?$select=accountEnabled,createdDateTime`);
    assert.equal(user.body['accountEnabled'], true);
    assert.equal(user.body['createdDateTime'], new Date(tenant.clock.now - 2300 * 86_400_000).toISOString());
  });
});

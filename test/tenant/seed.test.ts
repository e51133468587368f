/** The seed: never stale, checked as a whole; and the control API over HTTP. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { resolveMoment } from '../../demo/tenant/ages.ts';
import { BadSeed, readSeed, readSeedFile } from '../../demo/tenant/read-seed.ts';
import { FERNHILL } from '../../demo/tenant/start.ts';
import { closeTenants, LENA, methods, openTenant, passes, person, START } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

const DAY = 86_400_000;

describe('a seed of the emulated tenant', () => {
  afterEach(closeTenants);

  it('counts ages from the moment the tenant starts', async () => {
    assert.equal(resolveMoment('-400d', START), START - 400 * DAY);
    assert.equal(resolveMoment('+90s', START), START + 90_000);
    assert.equal(resolveMoment('now', START), START);
    assert.equal(resolveMoment('2020-01-01T00:00:00Z', START), Date.UTC(2020, 0, 1));
    assert.throws(() => resolveMoment('yesterday', START), /Not a time/);
    const tenant = await openTenant();
    const mobile = (await tenant.ask(methods(LENA, 'beta'))).body.value.find((one) => one['phoneType'] === 'mobile');
    assert.equal(mobile?.['createdDateTime'], new Date(START - 900 * DAY).toISOString());
  });

  it('is refused with every problem at once, each with its place', () => {
    const seed = structuredClone(readSeedFile(FERNHILL)) as unknown as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- broken on purpose
    /* eslint-disable @typescript-eslint/no-unsafe-member-access */
    seed['tenantId'] = 'Fernhill';
    seed['people'][0].createdDateTime = 'long ago';
    seed['people'][1].shoeSize = 43;
    seed['roles'][0].role = 'King';
    /* eslint-enable @typescript-eslint/no-unsafe-member-access */
    const { problems } = thrown(seed);
    const places = problems.map((problem) => problem.split(':')[0]);
    assert.deepEqual(places.toSorted(), ['people.0.createdDateTime', 'people.1', 'roles.0.role', 'tenantId']);
  });

  it('is refused when it points to somebody who is not there, or says the same thing twice', () => {
    const seed = structuredClone(readSeedFile(FERNHILL));
    const [first, second] = seed.people;
    assert.ok(first && second);
    first.manager = person(99);
    second.userPrincipalName = first.userPrincipalName.toUpperCase();
    seed.groups[0]?.members.push(person(98));
    seed.roles.push({ principal: person(97), role: 'Global Reader', how: 'assigned', scope: '/' });
    first.licenses = ['GOLD'];
    first.methods.push({ kind: 'mobile', phoneNumber: '+1', created: 'now' });
    seed.passPolicy.defaultLifetimeInMinutes = 5000;
    const { problems } = thrown(seed);
    assert.equal(problems.length, 7, problems.join('\n'));
  });

  it('says when a file is no JSON', () => {
    assert.throws(() => readSeedFile(new URL('../../demo/tenant/run.ts', import.meta.url)), BadSeed);
  });

  it('of Fernhill holds every case that matters', async () => {
    const tenant = await openTenant();
    const user = async (n: number, select: string) =>
      (await tenant.ask(`/v1.0/users/${person(n)}?$select=${select}`)).body;
    const methodCount = async (n: number) => (await tenant.ask(methods(person(n)))).body.value.length - 1;
    assert.equal(await methodCount(10), 2);
    assert.equal(await methodCount(12), 0);
    assert.equal(await methodCount(13), 3);
    assert.equal((await user(15, 'onPremisesSyncEnabled'))['onPremisesSyncEnabled'], true);
    assert.equal((await user(16, 'accountEnabled'))['accountEnabled'], false);
    assert.equal((await user(29, 'isManagementRestricted'))['isManagementRestricted'], true);
    assert.match(
      (await user(34, 'displayName')).displayName,
      /^\[Reset here\]\(https:\/\/evil\.example\) \$\{title\} \u202e/,
    );
    const nina = (await tenant.ask(methods(person(25), 'beta'))).body.value.find(
      (one) => one['phoneType'] === 'mobile',
    );
    assert.equal(nina?.['createdDateTime'], new Date(START - DAY).toISOString());
  });

  function thrown(seed: unknown): BadSeed {
    try {
      readSeed(seed);
    } catch (error) {
      if (error instanceof BadSeed) return error;
      throw error;
    }
    throw new assert.AssertionError({ message: 'The seed was taken.' });
  }
});

describe('the control API over HTTP', () => {
  afterEach(closeTenants);

  const post = async (tenant: TestTenant, call: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(`${tenant.origin}/_control/${call}`, { method: 'POST', body: text, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('does what the control object does', async () => {
    const tenant = await openTenant();
    await post(tenant, 'nextPass', 'canary');
    await tenant.ask(passes(LENA), { body: {} });
    const signedIn = await post(tenant, 'signIn', { upn: LENA, pass: 'canary' });
    assert.deepEqual(signedIn.body['result'], { signedIn: true, registerUntil: '2026-03-02T10:00:00.000Z' });
    await post(tenant, 'registerMethod', { user: LENA, method: { kind: 'softwareOath' } });
    const state = await (await fetch(`${tenant.origin}/_control/state`)).json();
    assert.deepEqual(state, JSON.parse(JSON.stringify(tenant.control.state())));
    const journal = (await (await fetch(`${tenant.origin}/_control/journal`)).json()) as unknown[];
    assert.equal(journal.length, 1);
    assert.equal((await post(tenant, 'reset')).status, 200);
    assert.deepEqual(tenant.control.state().passes, []);
  });

  it('says what is wrong with a call, and does nothing', async () => {
    const tenant = await openTenant();
    assert.equal((await post(tenant, 'fly')).status, 404);
    assert.equal((await post(tenant, 'toString')).status, 404);
    assert.match(String((await post(tenant, 'signIn', { upn: 'x' })).body['error']), /pass/);
    assert.match(
      String((await post(tenant, 'selfService', { user: 'nobody' })).body['error']),
      /There is nobody called nobody/,
    );
    assert.equal((await post(tenant, 'fault', { kind: 'status', status: 200, path: '/**' })).status, 400);
    assert.deepEqual(tenant.control.state().faults, []);
  });

  it('is closed to web pages and to other host names', async () => {
    const tenant = await openTenant();
    assert.equal((await post(tenant, 'reset', undefined, { Origin: 'https://evil.example' })).status, 403);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = { headers: { Host: 'evil.example' } };
      request(`${tenant.origin}/_control/state`, options, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });
});

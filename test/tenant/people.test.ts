/** Finding people: exact, by the beginning, by search, in pages; and their registered methods. */
import assert from 'node:assert/strict';
import { closeTenants, EVENTUAL, LENA, LENA_UPN, methods, openTenant, person, SOFIA } from './tenant.ts';
import type { Got, TestTenant } from './tenant.ts';

const names = (answer: Got): readonly string[] => answer.body.value.map(({ displayName }) => displayName);
const ids = (answer: Got): readonly string[] => answer.body.value.map(({ id }) => id);
const filtered = (tenant: TestTenant, $filter: string) => tenant.query('/v1.0/users', { $filter });

describe('finding people in the emulated tenant', () => {
  afterEach(closeTenants);

  it('finds one person by user principal name whatever its case, by id, and nobody else', async () => {
    const tenant = await openTenant();
    for (const key of [LENA, LENA_UPN, LENA_UPN.toUpperCase()]) {
      assert.equal((await tenant.ask(`/v1.0/users/${key}`)).body.id, LENA);
    }
    assert.equal((await tenant.ask('/v1.0/users/lena')).status, 404);
    const guest = encodeURIComponent('gus.ortega_partner.example#EXT#@fernhill.example');
    assert.equal((await tenant.ask(`/v1.0/users/${guest}`)).body.id, person(17));
  });

  it('finds by mail, employee number and either of two, each exactly', async () => {
    const tenant = await openTenant();
    assert.deepEqual(ids(await filtered(tenant, `mail eq '${LENA_UPN}'`)), [LENA]);
    assert.deepEqual(ids(await filtered(tenant, "employeeId eq 'E1010'")), [LENA]);
    assert.deepEqual(ids(await filtered(tenant, "employeeId eq 'E101'")), []);
    const either = `userPrincipalName eq 'nobody' or mail eq '${LENA_UPN}'`;
    assert.deepEqual(ids(await filtered(tenant, either)), [LENA]);
  });

  it('finds Seán O’Brien by his doubled quote and Jörg Müller by his umlauts', async () => {
    const tenant = await openTenant();
    assert.deepEqual(ids(await filtered(tenant, "displayName eq 'Seán O''Brien'")), [person(23)]);
    assert.deepEqual(ids(await filtered(tenant, "startsWith(displayName,'seán o''')")), [person(23)]);
    assert.deepEqual(ids(await filtered(tenant, "displayName eq 'Jörg Müller'")), [person(24)]);
  });

  it('finds both people called Alex Morgan', async () => {
    const tenant = await openTenant();
    assert.deepEqual(ids(await filtered(tenant, "displayName eq 'Alex Morgan'")), [person(21), person(22)]);
    const search = { $search: '"displayName:morg al"', $count: 'true' };
    const found = await tenant.query('/v1.0/users', search, EVENTUAL);
    assert.deepEqual(ids(found), [person(21), person(22)]);
    assert.equal(found.body['@odata.count'], 2);
  });

  it('finds by either clause of a search, and by both', async () => {
    const tenant = await openTenant();
    const search = ($search: string) => tenant.query('/v1.0/users', { $search }, EVENTUAL);
    assert.deepEqual(names(await search('"displayName:brien" OR "mail:lena"')), ['Lena Hartmann', "Seán O'Brien"]);
    assert.deepEqual(ids(await search('"displayName:alex" AND "userPrincipalName:alex.morgan2"')), [person(22)]);
    assert.deepEqual(ids(await search(String.raw`"displayName:\"alex\""`)), [person(21), person(22)]);
    for (const wrong of ['displayName:alex', '"alex"', '"displayName:alex" or "mail:x"', '"displayName:"', '"x:y"']) {
      assert.equal((await search(wrong)).status, 400, wrong);
    }
  });

  it('refuses advanced questions without their header, in Graph’s words', async () => {
    const tenant = await openTenant();
    const search = await tenant.query('/v1.0/users', { $search: '"displayName:alex"' });
    assert.deepEqual([search.status, search.body.error.code], [400, 'Request_UnsupportedQuery']);
    assert.match(search.body.error.message, /special request header: 'ConsistencyLevel: eventual'$/);
    const counted = await tenant.query('/v1.0/users', { $count: 'true' });
    assert.equal(counted.body.error.message, '$count is not currently supported.');
    const ends = { $filter: "endsWith(mail,'@partner.example')" };
    assert.match((await tenant.query('/v1.0/users', ends)).body.error.message, /^Operator 'endswith' is not supported/);
    assert.equal((await tenant.query('/v1.0/users', ends, EVENTUAL)).status, 400, 'the header alone is not enough');
    assert.deepEqual(ids(await tenant.query('/v1.0/users', { ...ends, $count: 'true' }, EVENTUAL)), [person(17)]);
  });

  it('refuses filters it cannot read or that Graph does not support', async () => {
    const tenant = await openTenant();
    for (const wrong of [
      "displayName eq 'O'Brien'",
      'displayName',
      'lastPasswordChangeDateTime ge 2020-01-01T00:00:00Z',
      "a eq 'b'",
      "(mail eq 'x'",
      '',
    ]) {
      assert.equal((await filtered(tenant, wrong)).status, 400, wrong);
    }
  });

  it('gives what was selected, and without a selection what Graph gives', async () => {
    const tenant = await openTenant();
    const all = await tenant.ask(`/v1.0/users/${LENA}`);
    assert.ok('businessPhones' in all.body);
    assert.ok(!('accountEnabled' in all.body) && !('employeeId' in all.body));
    const some = await tenant.ask(`/v1.0/users/${LENA}?$select=accountEnabled,isManagementRestricted`);
    assert.deepEqual(Object.keys(some.body).toSorted(), [
      '@odata.context',
      'accountEnabled',
      'id',
      'isManagementRestricted',
    ]);
  });

  it('knows the manager, expanded or asked for, and says so where there is none', async () => {
    const tenant = await openTenant();
    const expanded = await tenant.ask(`/v1.0/users/${LENA}?$select=id&$expand=manager($select=id,displayName)`);
    assert.deepEqual(expanded.body['manager'], {
      '@odata.type': '#microsoft.graph.user',
      id: person(11),
      displayName: 'Mara Jensen',
    });
    assert.equal((await tenant.ask(`/v1.0/users/${LENA}/manager`)).body.displayName, 'Mara Jensen');
    assert.equal((await tenant.ask(`/v1.0/users/${person(26)}/manager`)).status, 404);
    assert.ok(!('manager' in (await tenant.ask(`/v1.0/users/${person(26)}?$expand=manager`)).body));
  });

  it('gives long lists in pages whose links name the real host', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ pageSize: 7 });
    const everybody: string[] = [];
    let next: string | undefined = "/v1.0/users?$filter=startswith(mail,'')&$select=id";
    let pages = 0;
    while (next !== undefined) {
      const page: Got = await tenant.ask(next);
      assert.equal(page.status, 200);
      everybody.push(...ids(page));
      pages += 1;
      const link = page.body['@odata.nextLink'];
      if (link !== undefined) assert.ok(link.startsWith('https://graph.microsoft.com/v1.0/users?'), link);
      next = link?.replace('https://graph.microsoft.com', '');
    }
    assert.equal(pages, 5);
    assert.equal(new Set(everybody).size, everybody.length);
    assert.equal(everybody.length, 32);
    tenant.control.settings({ pageSize: 32 });
    assert.ok(
      !('@odata.nextLink' in (await tenant.ask('/v1.0/users')).body),
      'the last page is not followed by an empty one',
    );
    assert.equal((await tenant.ask('/v1.0/users?$skiptoken=nonsense')).status, 400);
    assert.equal((await tenant.ask('/v1.0/users?$top=1000')).status, 400);
  });
});

describe('registered methods in the emulated tenant', () => {
  afterEach(closeTenants);

  it('lists every kind with its own type, and takes no options', async () => {
    const tenant = await openTenant();
    const types = (await tenant.ask(methods(SOFIA))).body.value.map((one) =>
      one['@odata.type'].replace('#microsoft.graph.', ''),
    );
    assert.deepEqual(types, [
      'passwordAuthenticationMethod',
      'microsoftAuthenticatorAuthenticationMethod',
      'emailAuthenticationMethod',
      'phoneAuthenticationMethod',
    ]);
    assert.equal((await tenant.ask(`${methods(SOFIA)}?$select=id`)).status, 400);
    const phones = await tenant.ask(`/v1.0/users/${SOFIA}/authentication/phoneMethods`);
    assert.deepEqual(
      phones.body.value.map((one) => one['phoneType']),
      ['mobile'],
    );
  });

  it('never lists security questions, and lists kinds nobody has heard of', async () => {
    const tenant = await openTenant((seed) => {
      seed.people[0]!.methods = [{ kind: 'unlisted', odataType: '#microsoft.graph.retinaScanAuthenticationMethod' }];
    });
    const emil = (await tenant.ask(methods(person(14)))).body.value;
    assert.deepEqual(
      emil.map((one) => one['@odata.type']),
      ['#microsoft.graph.passwordAuthenticationMethod', '#microsoft.graph.emailAuthenticationMethod'],
    );
    const tess = (await tenant.ask(methods(person(1)))).body.value;
    assert.ok(tess.some((one) => one['@odata.type'] === '#microsoft.graph.retinaScanAuthenticationMethod'));
  });
});

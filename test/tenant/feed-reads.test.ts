/** The reads a follower of the whole tenant needs beside the changes: numbers of everybody, times of passwords. */
import assert from 'node:assert/strict';
import { closeTenants, LENA, openTenant, person, SOFIA, START } from './tenant.ts';
import type { Got, TestTenant } from './tenant.ts';

const pagesOf = async (tenant: TestTenant, first: string): Promise<readonly Got[]> => {
  const pages: Got[] = [];
  let next: string | undefined = first;
  while (next !== undefined) {
    const page: Got = await tenant.ask(next);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    pages.push(page);
    next = page.body['@odata.nextLink']?.replace('https://graph.microsoft.com', '');
  }
  return pages;
};

describe('reading the whole emulated tenant', () => {
  afterEach(closeTenants);

  it('gives numbers and managers of everybody in pages', async () => {
    const tenant = await openTenant();
    const query = '$select=id,mobilePhone,businessPhones,createdDateTime&$expand=manager($select=id)&$top=10';
    const pages = await pagesOf(tenant, `/v1.0/users?${query}`);
    const people = pages.flatMap(({ body }) => body.value);
    assert.equal(pages.length, Math.ceil(people.length / 10));
    assert.equal(new Set(people.map(({ id }) => id)).size, people.length);
    assert.deepEqual(
      people.find(({ id }) => id === LENA),
      {
        id: LENA,
        mobilePhone: '+49 171 3920010',
        businessPhones: ['+49 30 5550 1010'],
        createdDateTime: '2019-11-14T09:00:00.000Z',
        manager: { '@odata.type': '#microsoft.graph.user', id: person(11) },
      },
    );
  });

  it('has the time of a new password at once, alone and in a batch, whoever set it', async () => {
    const tenant = await openTenant();
    const url = (id: string) => `/users/${id}?$select=lastPasswordChangeDateTime`;
    const both = async () => {
      const part = (id: string) => ({ id, method: 'GET', url: url(id) });
      const { responses } = (await tenant.ask('/v1.0/$batch', { body: { requests: [part(LENA), part(SOFIA)] } })).body;
      const at = (id: string) => responses.find((one) => one.id === id)?.body['lastPasswordChangeDateTime'];
      assert.equal(at(LENA), (await tenant.ask(`/v1.0${url(LENA)}`)).body['lastPasswordChangeDateTime']);
      return [at(LENA), at(SOFIA)];
    };
    tenant.control.settings({ auditDelaySeconds: 900, deltaDelaySeconds: 60, visibilityDelaySeconds: 30 });
    tenant.clock.now += 1000;
    tenant.control.resetByAdmin({ user: LENA, by: person(18) });
    tenant.clock.now += 1000;
    tenant.control.selfService({ user: SOFIA });
    assert.deepEqual(await both(), [new Date(START + 1000).toISOString(), new Date(START + 2000).toISOString()]);
  });
});

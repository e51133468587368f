/** The tenant as Microsoft's own client library sees it: a stand-in is worth what the real client makes of it. */
import assert from 'node:assert/strict';
import { Client, GraphError, HTTPMessageHandler, PageIterator } from '@microsoft/microsoft-graph-client';
import type { Context, Middleware, PageCollection } from '@microsoft/microsoft-graph-client';
import { closeTenants, LENA, openTenant, person } from './tenant.ts';
import type { TestTenant } from './tenant.ts';

/** The client believes it talks to graph.microsoft.com; only the last step sends it to the tenant. */
function clientFor(tenant: TestTenant): Client {
  const wire = new HTTPMessageHandler();
  const toTenant: Middleware = {
    execute: (context: Context) => {
      context.request = String(context.request).replace('https://graph.microsoft.com', tenant.origin);
      context.options = {
        ...context.options,
        headers: { ...(context.options?.headers as object), Authorization: 'Bearer any' },
      };
      return wire.execute(context);
    },
  };
  return Client.initWithMiddleware({ middleware: toTenant });
}

describe('the emulated tenant under Microsoft’s own client', () => {
  afterEach(closeTenants);

  it('is followed from page to page, advanced questions included', async () => {
    const tenant = await openTenant();
    tenant.control.settings({ pageSize: 4 });
    const headers = { ConsistencyLevel: 'eventual' };
    const filter = encodeURIComponent("userType ne 'Guest'");
    const first = (await clientFor(tenant)
      .api('/users')
      .headers(headers)
      .count(true)
      .filter(filter)
      .select('id')
      .get()) as PageCollection;
    const seen = new Set<string>();
    const each = ({ id }: { id: string }): boolean => seen.add(id).size > 0;
    await new PageIterator(clientFor(tenant), first, each, { headers }).iterate();
    assert.equal(seen.size, 31);
    assert.ok(!seen.has(person(17)));
    const asked = tenant.control.journal().filter(({ path }) => path === '/v1.0/users');
    assert.equal(asked.length, 8);
  });

  it('tells the client its errors so that the client understands them', async () => {
    const tenant = await openTenant();
    const pass = clientFor(tenant).api(`/users/${LENA}/authentication/temporaryAccessPassMethods`);
    await assert.rejects(pass.post({ lifetimeInMinutes: 5000 }), (error: unknown) => {
      assert.ok(error instanceof GraphError);
      assert.deepEqual([error.statusCode, error.code], [400, 'badRequest']);
      assert.match(String(error.requestId), /^[0-9a-f-]{36}$/);
      return true;
    });
  });

  it('deletes without a body, which the client takes for nothing', async () => {
    const tenant = await openTenant();
    const list = `/users/${LENA}/authentication/temporaryAccessPassMethods`;
    const { id } = (await clientFor(tenant).api(list).post({})) as { id: string };
    assert.equal(await clientFor(tenant).api(`${list}/${id}`).delete(), undefined);
  });
});

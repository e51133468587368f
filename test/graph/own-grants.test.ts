import assert from 'node:assert/strict';
import { followRisks } from '../../src/graph/feed/risks.ts';
import type { OwnGrants } from '../../src/graph/own-grants.ts';
import { openProtectionQueue } from '../../src/graph/protection-queue.ts';
import { SOURCE_DELAYS } from '../../src/procedure/ages.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { openIndexInMemory } from '../contracts/index-in-memory.ts';
import { START } from '../tenant/tenant.ts';
import { grantsOf, graphError, harness } from './stub-graph.ts';

describe('A read that Graph denies', () => {
  it('lasts when our own token does not name the permission, and may pass in every other case', async () => {
    const rows: readonly (readonly [grants: OwnGrants, trouble: string])[] = [
      [grantsOf(['User.Read.All']), 'not-granted'],
      [grantsOf(['User.Read.All', 'identityriskyuser.read.all']), 'denied'],
      [grantsOf([]), 'denied'],
      [grantsOf(null), 'denied'],
    ];
    for (const [grants, trouble] of rows) {
      const one = await harness(() => graphError(403, 'Authorization_RequestDenied'));
      const index = openIndexInMemory(SOURCE_DELAYS);
      const queue = openProtectionQueue(
        () => 0,
        one.client.wait,
        () => 0,
        0,
      );
      const parts = {
        client: one.client,
        graphHost: 'https://graph.microsoft.com',
        index,
        now: () => START as Instant,
      };
      await followRisks(parts, queue, grants).round(await index.sources());
      assert.equal((await index.sources()).get('risk')?.trouble, trouble);
      await one.close();
    }
  });

  it('changes nothing about what was read, and about any other reason', async () => {
    const grants = grantsOf(['User.Read.All']);
    for (const why of ['throttled', 'timeout', 'not-licensed', 'missing'] as const) {
      assert.equal(await grants.why(why, 'eligibility'), why);
    }
    const roles = { kind: 'read', value: [] } as const;
    assert.equal(await grants.explained(roles, 'eligibility'), roles);
    const denied = { kind: 'unread', why: 'denied' } as const;
    assert.deepEqual(await grants.explained(denied, 'eligibility'), { kind: 'unread', why: 'not-granted' });
    const directory = grantsOf(['RoleManagement.Read.Directory']);
    assert.deepEqual(await directory.explained(denied, 'eligibility'), denied);
  });
});

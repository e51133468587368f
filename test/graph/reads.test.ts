import assert from 'node:assert/strict';
import { openClient } from '../../src/graph/client.ts';
import { personShape } from '../../src/graph/shapes.ts';
import { createPass } from '../../src/graph/temporary-access-pass.ts';
import { accountKind } from '../../src/graph/users.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { person } from '../contracts/fernhill.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z') as Instant;

describe('graph reads', () => {
  it('knows that no pass was made when it could not even sign in', async () => {
    const client = openClient({
      tenant: {
        kind: 'entra',
        cloud: 'global',
        tenantId: 't',
        clientId: 'c',
        credential: { getToken: () => Promise.reject(new Error('no network')) },
      },
      now: () => NOW,
      newId: () => 'id',
    });
    const order = { orderId: 'o', lifetimeMinutes: 60, oneTime: false, orderedAt: NOW, passBefore: null };
    const creation = await createPass(client, person(10), order);
    assert.deepEqual(creation, {
      kind: 'refused',
      reason: 'The bot could not sign in to Microsoft Entra. No pass was created.',
    });
    await client.close();
  });

  for (const [entry, kind] of [
    [{ userPrincipalName: 'a@b', userType: 'Member' }, 'member'],
    [{ userPrincipalName: 'a@b', userType: null }, 'member'],
    [{ userPrincipalName: 'a@b', userType: 'Guest' }, 'internal-guest'],
    [{ userPrincipalName: 'a_b#ext#@c', userType: 'Member' }, 'external-guest'],
    [{ userPrincipalName: 'a@b', userType: 'Guest', creationType: 'Invitation' }, 'external-guest'],
    [{ userPrincipalName: 'a@b', userType: 'Member', externalUserState: 'PendingAcceptance' }, 'external-guest'],
  ] as const) {
    it(`takes ${JSON.stringify(entry)} for ${kind}`, () => {
      assert.equal(accountKind(personShape.parse({ id: '1', ...entry })), kind);
    });
  }
});

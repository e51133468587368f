/** A look that several questions need at once is made once, and those who wait for it hear the same. */
import assert from 'node:assert/strict';
import { startDeadline, REAL_TIMING } from '../../src/casework/ports/runtime.ts';
import type { Reading } from '../../src/procedure/facts.ts';
import { openClient } from '../../src/graph/client.ts';
import { keptLook } from '../../src/graph/kept-look.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const DENIED = { kind: 'unread', why: 'denied' } as const;
const FOUND = { kind: 'read', value: 'two groups' } as const;

describe('A look that is under way', () => {
  /** Makes no request: the looks of these tests ask nobody. */
  const client = openClient({
    tenant: { kind: 'emulated', origin: 'http://127.0.0.1:9' },
    now: () => NOW,
    newId: () => 'id',
  });
  after(() => client.close());

  /** A look that ends when it is told to. */
  const looking = () => {
    const underWay: PromiseWithResolvers<Reading<string>>[] = [];
    const kept = keptLook<string>(() => {
      const look = Promise.withResolvers<Reading<string>>();
      underWay.push(look);
      return look.promise;
    });
    return { kept, underWay };
  };

  it('is shared by all who need it for the same caller, whatever it brings', async () => {
    for (const brought of [FOUND, DENIED]) {
      const { kept, underWay } = looking();
      const waiting = [kept.current(client, NOW), kept.current(client, NOW + 1)];
      assert.equal(underWay.length, 1);
      underWay[0]?.resolve(brought);
      assert.deepEqual(await Promise.all(waiting), [brought, brought]);
    }
  });

  it('is not kept when it failed: whoever asks next looks again', async () => {
    const { kept, underWay } = looking();
    const denied = kept.current(client, NOW);
    underWay[0]?.resolve(DENIED);
    assert.deepEqual(await denied, DENIED);
    const again = kept.current(client, NOW + 1);
    underWay[1]?.resolve(FOUND);
    assert.deepEqual([await again, underWay.length], [FOUND, 2]);
  });

  it('is not kept when it broke off either, and all who wait for it hear of that', async () => {
    const { kept, underWay } = looking();
    const waiting = [kept.current(client, NOW), kept.current(client, NOW)];
    underWay[0]?.reject(new RangeError('a bug'));
    for (const one of await Promise.allSettled(waiting)) assert.equal(one.status, 'rejected');
    const again = kept.current(client, NOW);
    underWay[1]?.resolve(FOUND);
    assert.deepEqual(await again, FOUND);
  });

  it('is not waited for by another caller, whose time does not end with it', async () => {
    const { kept, underWay } = looking();
    const hurried = kept.current(client.until(startDeadline(0, REAL_TIMING)), NOW);
    const other = kept.current(client, NOW);
    underWay[1]?.resolve(FOUND);
    assert.deepEqual(await other, FOUND);
    underWay[0]?.resolve({ kind: 'unread', why: 'timeout' });
    assert.deepEqual(await hurried, { kind: 'unread', why: 'timeout' });
    assert.deepEqual(await kept.current(client, NOW), FOUND, 'what one caller learned in time is kept for all');
  });
});

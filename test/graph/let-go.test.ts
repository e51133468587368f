// The answer to an order holds the pass in plain text. When the call is over, nothing of Graph's answer may stay in memory, also
// while the turn that asked is still running.
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { REAL_TIMING, startDeadline } from '../../src/casework/ports/runtime.ts';
import { path } from '../../src/graph/odata.ts';
import { harness, type Harness } from './stub-graph.ts';

const TAP = path('/users/a0000000-0000-4000-8000-000000000010/authentication/temporaryAccessPassMethods');

/** Asks, and keeps no more than a weak reference to what was answered. */
async function traceOf({ client }: Harness, deadline: ReturnType<typeof startDeadline>): Promise<WeakRef<object>> {
  const answer = await client.until(deadline).ask({ call: 'create-pass', method: 'POST', path: TAP, body: {} });
  assert.ok(answer.kind === 'answered' && typeof answer.body === 'object' && answer.body !== null);
  return new WeakRef(answer.body);
}

describe('What Graph answered', () => {
  it('is let go of when the call is over, while the turn still has time', async () => {
    const graph = await harness(() => ({ status: 201, json: { temporaryAccessPass: 'W+d9K0xO' } }));
    const turn = startDeadline(60_000, REAL_TIMING);
    const trace = await traceOf(graph, turn);
    await setImmediate(); // a WeakRef keeps its target until the current job ends
    await graph.close();
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    assert.equal(trace.deref(), undefined);
    assert.ok(turn.left() > 0);
    turn.end();
  });
});

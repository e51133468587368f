import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { turnId } from '../../src/casework/ports/turn-id.ts';
import { actionActivity, cardMessage, messageActivity, openHarness, type Harness } from './harness.ts';

const HEADER = 'x-ms-client-request-id';

describe('The id of a turn in Teams', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await openHarness()));
  afterEach(() => harness.close());

  it('goes out with every message that the turn leads to, and is another one for the next turn', async () => {
    const inside: (string | null)[] = [];
    harness.casework.onMessage = async () => {
      await setImmediate();
      inside.push(turnId());
      return [
        { cardMessage: cardMessage('one'), cardOf: null },
        { cardMessage: cardMessage('two'), cardOf: null },
      ];
    };
    await harness.post({ ...messageActivity(harness, 'help'), id: 'first' });
    await harness.post({ ...messageActivity(harness, 'help'), id: 'second' });
    const [first, second] = inside;
    assert.notEqual(first, second);
    assert.deepEqual(
      harness.connector.written.map(({ headers }) => headers[HEADER]),
      [first, first, second, second],
    );
  });

  it('comes back with the answer to a click, and not with the answer to a request that was refused', async () => {
    let inside: string | null = null;
    harness.casework.onAction = () => {
      inside = turnId();
      return Promise.resolve({ kind: 'show', cardMessage: cardMessage('done') });
    };
    const { headers } = await harness.post(actionActivity(harness, 'read-again', {}));
    assert.equal(headers[HEADER], inside);
    const refused = await harness.post({ type: 'message' });
    assert.equal(refused.status, 400);
    assert.equal(refused.headers[HEADER], undefined);
  });

  it('stays with its own turn when two are answered at the same time', async () => {
    const arrived: (() => void)[] = [];
    harness.casework.onMessage = async (turn) => {
      await new Promise<void>((go) => {
        arrived.push(go);
        if (arrived.length === 2) for (const one of arrived.toReversed()) one();
      });
      return [{ cardMessage: cardMessage(`${turn.text} ${turnId() ?? ''}`), cardOf: null }];
    };
    await Promise.all(
      ['a', 'b'].map((text) => harness.post({ ...messageActivity(harness, text), id: `activity ${text}` })),
    );
    assert.equal(harness.connector.written.length, 2);
    for (const { headers, body } of harness.connector.written) {
      assert.equal(String(body['summary']).split(' ')[1], headers[HEADER]);
    }
  });
});

import assert from 'node:assert/strict';
import type { Harness } from './harness.ts';
import { openHarness, passAnswer, personal, actionActivity, TENANT, TESS } from './harness.ts';

describe('the answer to a click', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await openHarness()));
  afterEach(() => harness.close());

  it('shows a pass in the answer to the click and nowhere else', async () => {
    harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711'));
    const click = await harness.post(actionActivity(harness, 'issue-pass', { case: 12, v: 3 }));
    assert.match(click.text, /CANARY-4711/);
    assert.deepEqual(harness.connector.written, []);
    assert.doesNotMatch(JSON.stringify(harness.log), /CANARY/);
    assert.doesNotMatch(await harness.registry.metrics(), /CANARY/);
  });

  it('never sends a pass as a message: an old client is told that it cannot be shown there', async () => {
    harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711'));
    const { text } = await harness.post(
      personal(harness, { type: 'message', value: { verb: 'issue-pass', case: 12, v: 3 } }),
    );
    assert.equal(text, '');
    assert.equal(harness.connector.written.length, 1);
    assert.equal(harness.connector.written[0]?.body['summary'], 'cannot be shown here');
    assert.doesNotMatch(JSON.stringify(harness.connector.written), /CANARY/);
  });

  for (const conversationType of ['groupChat', 'channel', undefined]) {
    it(`shows no pass in a chat of type ${conversationType ?? 'unknown'}, whatever casework decided`, async () => {
      harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711'));
      const conversation = { id: '19:group', conversationType, isGroup: true, tenantId: TENANT };
      const { text } = await harness.post(actionActivity(harness, 'issue-pass', {}, { conversation }));
      assert.doesNotMatch(text, /CANARY/);
      assert.match(text, /cannot be shown here/);
    });
  }

  const invokes: readonly (readonly [string, unknown, RegExp])[] = [
    ['task/fetch', { data: null }, /^$/],
    ['task/submit', null, /^$/],
    ['composeExtension/query', {}, /^$/],
    ['application/search', { queryText: 'x', dataset: 'users' }, /"results":\[\]/],
    ['adaptiveCard/other', {}, /"statusCode":400/],
  ];
  for (const [name, value, expected] of invokes) {
    it(`answers the invoke ${name} with ${JSON.stringify(value).slice(0, 60)} properly, never with 501`, async () => {
      const { status, text } = await harness.post(personal(harness, { type: 'invoke', name, value }));
      assert.equal(status, 200);
      assert.match(text, expected);
      assert.deepEqual([harness.casework.turns, harness.connector.written], [[], []]);
    });
  }

  const malformed: readonly unknown[] = [
    null,
    { action: null },
    { action: { type: 'Action.Submit', verb: 'done' } },
    { action: { verb: ['done'] } },
    { action: { verb: 'x'.repeat(65) } },
  ];
  for (const value of malformed) {
    it(`passes a button with ${JSON.stringify(value).slice(0, 60)} on as one without a verb, to be refused and recorded`, async () => {
      await harness.post(personal(harness, { type: 'invoke', name: 'adaptiveCard/action', value }));
      const pressed = harness.casework.turns.map((turn) => (turn.kind === 'action' ? [turn.person, turn.verb] : []));
      assert.deepEqual(pressed, [[TESS, '']]);
    });
  }
});

import assert from 'node:assert/strict';
import type { House } from './house.ts';
import { openHouse, passLetter, personal, pressed, TENANT } from './house.ts';

describe('the answer to a click', () => {
  let house: House;
  beforeEach(async () => (house = await openHouse()));
  afterEach(() => house.close());

  it('shows a pass in the answer to the click and nowhere else', async () => {
    house.casework.pressed = () => Promise.resolve({ showPass: passLetter('CANARY-4711') });
    const click = await house.post(pressed(house, 'issue-pass', { case: 12, v: 3 }));
    assert.match(click.text, /CANARY-4711/);
    assert.deepEqual(house.connector.written, []);
    assert.doesNotMatch(JSON.stringify(house.log), /CANARY/);
    assert.doesNotMatch(await house.registry.metrics(), /CANARY/);
  });

  it('never sends a pass as a message: an old client is told that it cannot be shown there', async () => {
    house.casework.pressed = () => Promise.resolve({ showPass: passLetter('CANARY-4711') });
    const { text } = await house.post(
      personal(house, { type: 'message', value: { verb: 'issue-pass', case: 12, v: 3 } }),
    );
    assert.equal(text, '');
    assert.equal(house.connector.written.length, 1);
    assert.equal(house.connector.written[0]?.body['summary'], 'cannot be shown here');
    assert.doesNotMatch(JSON.stringify(house.connector.written), /CANARY/);
  });

  for (const conversationType of ['groupChat', 'channel', undefined]) {
    it(`shows no pass in a chat of type ${conversationType ?? 'unknown'}, whatever casework decided`, async () => {
      house.casework.pressed = () => Promise.resolve({ showPass: passLetter('CANARY-4711') });
      const conversation = { id: '19:group', conversationType, isGroup: true, tenantId: TENANT };
      const { text } = await house.post(pressed(house, 'issue-pass', {}, { conversation }));
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
    ['adaptiveCard/action', null, /"statusCode":400/],
    ['adaptiveCard/action', { action: null }, /"statusCode":400/],
    ['adaptiveCard/action', { action: { type: 'Action.Submit', verb: 'done' } }, /"statusCode":400/],
    ['adaptiveCard/action', { action: { verb: ['done'] } }, /"statusCode":400/],
    ['adaptiveCard/action', { action: { verb: 'x'.repeat(65) } }, /"statusCode":400/],
  ];
  for (const [name, value, expected] of invokes) {
    it(`answers the invoke ${name} with ${JSON.stringify(value).slice(0, 60)} properly, never with 501`, async () => {
      const { status, text } = await house.post(personal(house, { type: 'invoke', name, value }));
      assert.equal(status, 200);
      assert.match(text, expected);
      assert.deepEqual([house.casework.turns, house.connector.written], [[], []]);
    });
  }
});

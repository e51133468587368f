import assert from 'node:assert/strict';
import { publishKeys, type ChannelKeys } from '../teams/channel-keys.ts';
import { FORGED_ACTIVITIES } from '../teams/forged-activities.ts';
import { FORGED_TOKENS } from '../teams/forged-tokens.ts';
import { messageActivity, openHarness, post, type Harness } from '../teams/harness.ts';
import { tally } from './tally.ts';
import { openWithoutGuard, type OpenEndpoint } from './without-guard.ts';

/** One forged request, ready to be sent. */
interface Forged {
  readonly name: string;
  readonly status: number;
  readonly code: RegExp;
  readonly authorization: string | undefined;
  readonly activity: Record<string, unknown>;
}

/** At least so many must be let in once the guard is gone: otherwise the list would prove little about it. */
const GUARD_IS_FOR = 40;

describe('Forged and malformed requests', function () {
  this.timeout(120_000);
  let keys: ChannelKeys;
  let harness: Harness;
  let open: OpenEndpoint;
  const consoleError = console.error;
  before(async () => {
    keys = await publishKeys();
    harness = await openHarness(keys.mode);
    open = await openWithoutGuard(keys.mode);
    console.error = () => undefined; // without the guard, the SDK prints what it refuses
  });
  after(async () => {
    console.error = consoleError;
    await open.close();
    await harness.close();
    await keys.close();
  });

  async function forge(): Promise<readonly Forged[]> {
    const url = harness.connector.serviceUrl;
    const tokens = FORGED_TOKENS.map(async ({ name, code, authorization }) => ({
      ...{ name, code, status: 401, authorization: await authorization({ keys, url }) },
      activity: messageActivity(harness, 'help'),
    }));
    const activities = FORGED_ACTIVITIES.map(async ({ name, status, code, activity, claimed }) => ({
      ...{ name, status, code, authorization: `Bearer ${await keys.token(claimed ?? url)}` },
      activity: activity(harness),
    }));
    return Promise.all([...tokens, ...activities]);
  }

  const send = (origin: string, { authorization, activity }: Forged) =>
    post(origin, JSON.stringify(activity), authorization === undefined ? {} : { authorization });

  it('are at least 120, and every one is refused with its own code before casework hears of it', async () => {
    const all = await forge();
    assert.ok(all.length >= 120, `${all.length} requests`);
    let held = 0;
    for (const one of all) {
      const answer = await send(harness.origin, one);
      assert.equal(answer.status, one.status, one.name);
      assert.match(answer.text, one.code, one.name);
      held += 1;
    }
    assert.deepEqual(harness.casework.turns, []);
    assert.deepEqual(harness.connector.written, []);
    tally({ section: 'Forged and malformed requests', held, of: all.length });
  });

  it('reach casework, at least 40 of them, as soon as the request guard is taken out: the SDK alone lets them in', async () => {
    const all = await forge();
    for (const one of all) await send(open.origin, one);
    assert.ok(open.turns() >= GUARD_IS_FOR, `${open.turns()} of ${all.length}`);
    const note = `with the request guard taken out, ${open.turns()} of ${all.length} reach a turn, as they must`;
    tally({ section: 'Forged and malformed requests', held: 0, of: 0, note });
  });
});

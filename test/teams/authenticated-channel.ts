/** The bot's endpoint behind the real token checks, for requests that the channel did not send. */
import assert from 'node:assert/strict';
import { publishKeys, type ChannelKeys } from './channel-keys.ts';
import { messageActivity, openHarness, type Harness } from './harness.ts';

/** A tenant that is not the bot's. */
export const OTHER_TENANT = 'c0000000-0000-4000-8000-0000000000ff';

type Answer = Awaited<ReturnType<Harness['post']>>;

/** What the tests of forged requests share. Everything in it is ready once the `before` hooks have run. */
export interface AuthenticatedChannel {
  readonly keys: () => ChannelKeys;
  readonly harness: () => Harness;
  /** Where the channel says that answers go. */
  readonly url: () => string;
  readonly post: (authorization: string | undefined, activity?: unknown) => Promise<Answer>;
  /** The answer is this refusal, casework saw no turn, nothing was written to the chat, and nothing was printed past the log. */
  readonly isRefused: (status: number, code: RegExp, answering: Promise<Answer>) => Promise<void>;
}

/** Starts it for a `describe`, and closes it afterwards. */
export function authenticatedChannel(): AuthenticatedChannel {
  let keys: ChannelKeys;
  let harness: Harness;
  const printed: unknown[][] = [];
  const consoleError = console.error;

  before(async () => {
    keys = await publishKeys();
    harness = await openHarness(keys.mode);
    console.error = (...line) => void printed.push(line); // the SDK prints every token that it refuses there
  });
  after(async () => {
    console.error = consoleError;
    await harness.close();
    await keys.close();
  });

  return {
    keys: () => keys,
    harness: () => harness,
    url: () => harness.connector.serviceUrl,
    post: (authorization, activity = messageActivity(harness, 'help')) =>
      harness.post(activity, authorization === undefined ? {} : { authorization }),
    isRefused: async (status, code, answering) => {
      const turns = harness.casework.turns.length;
      const written = harness.connector.written.length;
      const answer = await answering;
      assert.equal(answer.status, status, answer.text);
      assert.match(answer.text, /^\{"error":\{"code":"[a-z-]+"\}\}$/);
      assert.match(answer.text, code);
      assert.deepEqual([harness.casework.turns.length, harness.connector.written.length], [turns, written]);
      assert.deepEqual(printed, []);
    },
  };
}

/**
 * Measures what a flood of forged requests costs the people at the helpdesk: good requests at a steady rate, alone and while
 * forged ones arrive. Bot, flood and measurement are processes of their own.
 *
 * On a small machine the flood also takes the processor that the bot needs. So there is a third kind of run, in which the same
 * flood goes to another bot on the same machine: what is slower there is the machine, not the bot. The runs alternate, so that
 * whatever else the machine does is in all of them.
 *
 * On a machine that does other work, p99 is mostly that work. With `chrt -r 5 npm run load:flood` (Linux, as root) it is not.
 *
 * `npm run load:flood`. Exits with 1 when p50 or p99 of the good requests is more than twice as high under the flood, when a
 * good request failed, or when anything was written to stderr.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { publishKeys } from '../teams/channel-keys.ts';
import { startFakeConnector } from '../teams/fake-connector.ts';
import { actionActivity, messageActivity, TENANT } from '../teams/harness.ts';
import type { Flooded, FloodOrder } from './forged-requests.ts';
import { sendSteadily, type GoodRequest, type Measured } from './good-requests.ts';
import { percentile } from './percentile.ts';

const FORGED_PER_SECOND = 1_000;
const GOOD_PER_SECOND = 60;
const ROUNDS = 8;
const SECONDS = 4;
/** The channel uses a token for many requests. Here a new one comes every second, so that new tokens are measured, too. */
const REQUESTS_PER_TOKEN = 60;
const LIMIT = 2;

type Kind = 'alone' | 'another bot is flooded' | 'this bot is flooded';

interface Bot {
  readonly origin: string;
  readonly process: ChildProcess;
  readonly written: { log: number; stderr: string };
}

interface Total {
  readonly milliseconds: number[];
  readonly answers: Record<string, number>;
  failed: number;
  botSeconds: number;
  floodSeconds: number;
}

const keys = await publishKeys();
const connector = await startFakeConnector();
const metadataUrl = keys.mode.endpoints?.openIdMetadataUrl ?? '';
const bot = await startBot();
const bystander = await startBot();
const flooder = start('forged-requests.ts', []);

function start(name: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(name, import.meta.url)), args, { silent: true });
}

async function startBot(): Promise<Bot> {
  const child = start('flood-bot.ts', [metadataUrl]);
  const written = { log: 0, stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (written.log += chunk.length));
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += chunk.toString('utf8')));
  const [{ origin }] = (await once(child, 'message')) as [{ origin: string }];
  return { origin, process: child, written };
}

async function answerOf<T>(child: ChildProcess, question: object | string): Promise<T> {
  const answer = once(child, 'message') as Promise<[T]>;
  child.send(question);
  return (await answer)[0];
}

let chats = 0;
let authorization = '';

async function goodRequest(n: number): Promise<GoodRequest> {
  chats += 1; // the bot keeps to Teams' limit for each chat, so every request comes from another one
  if (n % REQUESTS_PER_TOKEN === 0) {
    authorization = `Bearer ${await keys.token(connector.serviceUrl, { jti: `token ${chats}` })}`;
  }
  const conversation = { id: `a:chat-${chats}`, conversationType: 'personal', tenantId: TENANT };
  const activity =
    n % 2 === 0
      ? messageActivity({ connector }, 'help', { conversation })
      : actionActivity({ connector }, 'read-again', {}, { conversation });
  return { authorization, activity };
}

const sendGood = (seconds: number): Promise<Measured> =>
  sendSteadily(bot.origin, { perSecond: GOOD_PER_SECOND, seconds }, goodRequest);

/** Forged tokens differ from good ones in their signature only. */
const order: Omit<FloodOrder, 'origin' | 'seconds'> = {
  perSecond: FORGED_PER_SECOND,
  signed: (await keys.token(connector.serviceUrl)).split('.').slice(0, 2).join('.'),
  body: JSON.stringify(messageActivity({ connector }, 'help')),
};
const flood = ({ origin }: Bot, seconds: number): Promise<Flooded> =>
  answerOf<Flooded>(flooder, { ...order, origin, seconds });

const botSeconds = async (): Promise<number> => (await answerOf<{ seconds: number }>(bot.process, 'processor')).seconds;

const nothing = (): Total => ({ milliseconds: [], answers: {}, failed: 0, botSeconds: 0, floodSeconds: 0 });
const totals: Readonly<Record<Kind, Total>> = {
  alone: nothing(),
  'another bot is flooded': nothing(),
  'this bot is flooded': nothing(),
};

async function measure(kind: Kind): Promise<void> {
  const total = totals[kind];
  const before = await botSeconds();
  const flooding = kind === 'alone' ? null : flood(kind === 'this bot is flooded' ? bot : bystander, SECONDS);
  const { milliseconds, failed } = await sendGood(SECONDS);
  const flooded = await flooding;
  total.milliseconds.push(...milliseconds);
  total.failed += failed;
  total.botSeconds += (await botSeconds()) - before;
  total.floodSeconds += flooded?.processorSeconds ?? 0;
  for (const [status, count] of Object.entries(flooded?.answers ?? {})) {
    total.answers[status] = (total.answers[status] ?? 0) + count;
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const share = (seconds: number): string => `${((100 * seconds) / (SECONDS * ROUNDS)).toFixed(0)} %`;
const ratio = (kind: Kind, part: number): number =>
  percentile(totals[kind].milliseconds, part) / percentile(totals.alone.milliseconds, part);

await sendGood(SECONDS);
for (const each of [bot, bystander]) await flood(each, SECONDS / 2);
for (let round = 0; round < ROUNDS; round += 1) {
  await measure('alone');
  await measure('another bot is flooded');
  await measure('this bot is flooded');
}

print(
  `${GOOD_PER_SECOND} good requests a second, ${FORGED_PER_SECOND} forged ones; load of the machine ${loadavg()[0]?.toFixed(1)}`,
);
for (const kind of ['alone', 'another bot is flooded', 'this bot is flooded'] as const) {
  const { milliseconds, failed, answers } = totals[kind];
  const [p50, p99] = [percentile(milliseconds, 0.5), percentile(milliseconds, 0.99)];
  print(
    `${kind.padEnd(24)} p50 ${p50.toFixed(2)} ms (x ${ratio(kind, 0.5).toFixed(2)}), ` +
      `p99 ${p99.toFixed(1)} ms (x ${ratio(kind, 0.99).toFixed(2)}), ${failed} of ${milliseconds.length + failed} failed; ` +
      `bot ${share(totals[kind].botSeconds)} of a core, flood ${share(totals[kind].floodSeconds)} ${JSON.stringify(answers)}`,
  );
}
print(`bytes on stderr: ${Buffer.byteLength(bot.written.stderr)}; bytes of log: ${bot.written.log}`);
if (bot.written.stderr !== '') print(bot.written.stderr.slice(0, 1_000));

if (ratio('another bot is flooded', 0.99) > LIMIT)
  print('p99 says little here: the machine alone made it more than twice as high');

const under = totals['this bot is flooded'];
const isSlow = ratio('this bot is flooded', 0.5) > LIMIT || ratio('this bot is flooded', 0.99) > LIMIT;
process.exitCode = isSlow || under.failed > 0 || totals.alone.failed > 0 || bot.written.stderr !== '' ? 1 : 0;
for (const child of [flooder, bot.process, bystander.process]) child.disconnect();
await connector.close();
await keys.close();

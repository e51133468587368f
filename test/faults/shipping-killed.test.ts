/** The bot is killed while it ships the ledger. Nothing is lost, and what comes twice can be told by its id. */
import assert from 'node:assert/strict';
import { eachTaken, startCollector, type Behavior, type Collector } from '../export/collector.ts';
import { runExport } from '../export/export-command.ts';
import { rounds } from '../lane.ts';
import { LENA, TESS } from '../scenarios/helpdesk.ts';
import { openBotProcess, until, type BotProcess } from './bot-process.ts';

/** When it is killed: at which request, and what the collector does with that request. */
const MOMENTS: readonly (readonly [number, Behavior])[] = [
  [2, { kind: 'breaks-after-taking' }],
  [1, { kind: 'is-silent' }],
  [3, { kind: 'takes' }],
  [2, { kind: 'answers', status: 500 }],
  [1, { kind: 'breaks-after-taking' }],
  [4, { kind: 'takes' }],
];
/** It is refused each time, and the ledger says so. */
const ASKING = "reset Lena Hartmann's password";
const ROUNDS = rounds({ quick: 1, full: MOMENTS.length });

describe('a bot that is killed while it ships the ledger', function () {
  this.timeout(120_000);
  let bot: BotProcess;
  let collector: Collector;

  beforeEach(async () => {
    collector = await startCollector();
    bot = await openBotProcess(
      {},
      {
        options: [
          '--permission',
          '--allow-fs-read=*',
          '--allow-fs-write=*',
          '--allow-addons',
          '--disable-warning=PERM0001',
        ],
        environment: {
          HARDLINE_SHIP_OTLP: 'yes',
          HARDLINE_SHIP_LINES: 'stdout',
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
          OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
        },
      },
    );
  });
  afterEach(async () => {
    await bot.close();
    await collector.close();
  });

  /** Everything in the ledger, from its file. */
  const ledger = (): readonly { seq: number; id: string; hash: string }[] => {
    const { out, code, says } = runExport('--format', 'jsonl', '--data', bot.dataFolder, '--no-entry');
    assert.equal(code, 0, says);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; id: string; hash: string });
  };
  const shippedLines = (): readonly { seq: number; id: string; hash: string }[] =>
    bot
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"v":1,"id":'))
      .map((line) => JSON.parse(line) as { seq: number; id: string; hash: string });

  for (const [request, behavior] of MOMENTS.slice(0, ROUNDS)) {
    it(`at request ${request} (the collector ${behavior.kind}), loses no entry and sends none under another id`, async () => {
      collector.next(
        { kind: 'answers', status: 503 },
        ...Array.from({ length: request - 1 }, () => ({ kind: 'takes' }) as const),
        behavior,
      );
      await bot.start();
      await bot.teams.installForAll();
      // Each request that the collector gets is followed by more to ship; whether the last one still reached the bot does not matter.
      const killed = new Promise<void>((resolve, reject) => {
        collector.onRequest((count) => {
          if (count === request + 1) bot.kill().then(resolve, reject);
          else void bot.says(TESS, ASKING).catch(() => undefined);
        });
      });
      await bot.says(TESS, ASKING);
      await killed;
      collector.onRequest(() => undefined);

      collector.next({ kind: 'breaks-after-taking' });
      await bot.start();
      await bot.says(TESS, `${LENA.userPrincipalName} is locked out`);
      const size = ledger().length;
      const seqs = (entries: readonly { seq: number }[]): number => new Set(entries.map(({ seq }) => seq)).size;
      const all = (): boolean => seqs(collector.taken) >= size && seqs(shippedLines()) >= size;
      await until(all, 'everything was shipped', 60);
      // What was taken before the connection broke was not confirmed, so it comes again.
      await until(() => collector.taken.length > seqs(collector.taken), 'it came again', 60);
      await bot.kill();

      const entries = ledger();
      const known = new Map(entries.map(({ id, hash }) => [id, hash]));
      for (const { uid, hash } of collector.taken) assert.equal(hash, known.get(uid), uid);
      for (const { id, hash } of shippedLines()) assert.equal(hash, known.get(id), id);
      const { twice } = eachTaken(
        collector.taken.filter(({ seq }) => seq <= size),
        size,
      );
      assert.ok(twice > 0, 'what was taken and not confirmed came again');
    });
  }
});

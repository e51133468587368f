/**
 * The bot as its own process, as an operator would start it, between an emulated tenant and an emulated Teams.
 * It can be killed at any moment and started again on the same data.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dataOf, readCard } from '../../demo/stories/card-reading.ts';
import type { Member } from '../../demo/teams/members.ts';
import { startTeams, type Teams } from '../../demo/teams/start.ts';
import { FERNHILL, startTenant, type RunningTenant } from '../../demo/tenant/start.ts';
import { environmentFor, TENANT } from '../scenarios/environment.ts';
import { LENA, TESS } from '../scenarios/helpdesk.ts';

const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

export interface BotProcess {
  readonly tenant: RunningTenant;
  readonly teams: Teams;
  readonly dataFolder: string;
  readonly pid: () => number;
  readonly output: () => string;
  start(): Promise<void>;
  /** Starts another one on the same data, which is expected to end by itself. */
  startBeside(): Promise<{ readonly code: number | null; readonly said: string }>;
  /** Ends it at once, as a power cut or the kernel would. */
  kill(): Promise<void>;
  says(who: Member, text: string): Promise<void>;
  press(who: Member, verb: string, wanted?: Readonly<Record<string, string>>): Promise<string>;
  sees(who: Member): string;
  close(): Promise<void>;
}

/** Waits until something is so. Looks again soon; fails with the sentence after `seconds`. */
export async function until(holds: () => boolean | Promise<boolean>, sentence: string, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`still not: ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How Node itself is started, beside the bot's own settings. */
interface NodeStart {
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export async function openBotProcess(
  policy: Readonly<Record<string, unknown>> = {},
  node: NodeStart = {},
): Promise<BotProcess> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hardline-fault-'));
  const policyFile = join(dataFolder, 'policy.json');
  // The bot runs in real time here, and no test waits for a call that nobody makes.
  writeFileSync(policyFile, JSON.stringify({ callbackAtLeastSeconds: 0, ...policy }));
  const tenant = await startTenant({ port: 0, seed: FERNHILL });
  tenant.control.settings({ throttling: false });
  let child: ChildProcess | null = null;
  let origin = '';
  let output = '';
  const teams = await startTeams({
    port: 0,
    tenantId: TENANT,
    members: [TESS, LENA],
    botOrigin: () => origin,
    tenantOrigin: () => tenant.origin,
  });

  const launch = () =>
    spawn(process.execPath, [...(node.options ?? []), ENTRY], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        ...environmentFor(tenant.origin, dataFolder),
        HARDLINE_POLICY_FILE: policyFile,
        HARDLINE_WATCH_SECONDS: '0.5',
        ...node.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const start = async (): Promise<void> => {
    const started = launch();
    child = started;
    started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const lines = createInterface({ input: started.stdout });
    await new Promise<void>((resolve, reject) => {
      started.once('exit', (code) => reject(new Error(`the bot ended with ${String(code)}: ${output}`)));
      lines.on('line', (line) => {
        output += `${line}\n`;
        const port = /"port":(\d+).*"msg":"listening"/.exec(line)?.[1];
        if (port === undefined) return;
        origin = `http://127.0.0.1:${port}`;
        resolve();
      });
    });
  };
  const startBeside = async () => {
    const beside = launch();
    let said = '';
    for (const stream of [beside.stdout, beside.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    }
    await once(beside, 'close');
    return { code: beside.exitCode, said };
  };
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const withCards = (who: Member) =>
    teams.chats.seenBy(who.id).filter((message) => message.card !== null && !message.deleted);

  return {
    tenant,
    teams,
    dataFolder,
    pid: () => child?.pid ?? 0,
    output: () => output,
    start,
    startBeside,
    kill,
    async says(who, text) {
      await teams.delivery.say(who, text);
    },
    async press(who, verb, wanted = {}) {
      for (const message of withCards(who).toReversed()) {
        const button = readCard(message.card ?? {}).buttons.find(
          (one) => one.verb === verb && Object.entries(wanted).every(([name, value]) => one.data[name] === value),
        );
        if (button === undefined) continue;
        const pressed = { type: 'Action.Execute', title: button.title, verb, id: button.id } as const;
        await teams.delivery.press(who, message.id, { ...pressed, data: dataOf(button, {}) });
        return readCard(teams.chats.seenBy(who.id).find((one) => one.id === message.id)?.card ?? {}).headline;
      }
      throw new Error(`no button ${verb}: ${readCard(withCards(who).at(-1)?.card ?? {}).headline}`);
    },
    sees: (who) => JSON.stringify(withCards(who).at(-1)?.card ?? {}),
    async close() {
      await kill();
      await teams.close();
      await tenant.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Up to the moment before *Issue*. */
export async function readyToIssue(bot: BotProcess): Promise<void> {
  await bot.teams.installForAll();
  await bot.says(TESS, 'Lena Hartmann is locked out');
  await bot.press(TESS, 'tick-methods');
  // A bot that has just started confirms the numbers first; its card completes itself.
  await until(() => bot.sees(TESS).includes('choose-callback'), 'a number can be called');
  await bot.press(TESS, 'choose-callback');
  await bot.press(TESS, 'record-callback', { outcome: 'answered-by-caller' });
}

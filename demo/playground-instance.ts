/**
 * One running Agents Playground: Microsoft's local Teams client, for one person. It writes every message to a log, so
 * it runs in a folder of its own that is deleted afterwards. Its telemetry is turned off by flag and by environment.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Member } from './teams/members.ts';

/** Environment variables that would change its settings. */
const ITS_SETTINGS = /^(AUTH_|BOT_ENDPOINT$|DEFAULT_CHANNEL_ID$|TEAMSAPPTESTER_|TEAMS_APP_TEST_TOOL_)/;
const START_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 150;

/** What an instance needs. */
interface InstanceOptions {
  readonly botEndpoint: string;
  readonly port: number;
  readonly person: Member;
  /** Five other people it knows. */
  readonly others: readonly Member[];
  readonly tenantId: string;
  /** Whether it opens its own browser tab. */
  readonly openTab: boolean;
}

/** A running instance. */
export interface PlaygroundInstance {
  readonly url: string;
  /** Resolves when it has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Path of its command line; `null` when the package is not installed. */
export function playgroundCommand(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch {
    return null;
  }
}

/** Whether a port is free on every interface. If it is not, the Playground would silently take another one. */
export async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const listening = once(probe, 'listening').then(
    () => true,
    () => false,
  );
  probe.listen(port);
  const free = await listening;
  if (free) await new Promise((resolve) => probe.close(resolve));
  return free;
}

function asUser(member: Member): Record<string, string> {
  const [givenName = '', ...rest] = member.name.split(' ');
  return {
    id: `29:playground-${member.id}`,
    name: member.name,
    userPrincipleName: member.userPrincipalName, // its own spelling
    aadObjectId: member.id,
    givenName,
    surname: rest.join(' ') || givenName,
    email: member.userPrincipalName,
  };
}

/** Its configuration. The schema is strict: exactly five users and one channel, and no other keys. */
function configOf({ person, others, tenantId }: InstanceOptions): Record<string, unknown> {
  return {
    version: '0.1.1',
    tenantId,
    bot: { id: '28:hardline-demo', name: 'Hardline' },
    currentUser: asUser(person),
    users: others.slice(0, 5).map(asUser),
    personalChat: { id: `playground-personal-${person.id}` },
    groupChat: { id: `playground-group-${person.id}`, name: 'Group Chat' },
    team: {
      id: `playground-team-${person.id}`,
      name: 'IT Helpdesk',
      aadGroupId: 'b0000000-0000-4000-8000-0000000000aa',
      channels: [{ id: `playground-channel-${person.id}`, name: 'Approvals' }],
    },
  };
}

/** Its environment. Without a desktop it would crash because `xdg-open` is missing, so it gets one that does nothing. */
async function environmentFor(folder: string, openTab: boolean): Promise<NodeJS.ProcessEnv> {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ITS_SETTINGS.test(name)));
  const env: NodeJS.ProcessEnv = { ...kept, APPLICATION_INSIGHTS_NO_STATSBEAT: '1' };
  if (openTab || process.platform !== 'linux') return env;
  const programs = join(folder, 'bin');
  await mkdir(programs);
  await writeFile(join(programs, 'xdg-open'), '#!/bin/sh\nexit 0\n');
  await chmod(join(programs, 'xdg-open'), 0o700);
  return { ...env, PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` };
}

async function errorsIn(folder: string): Promise<string> {
  const log = await readFile(join(folder, 'devTools', 'm365agentsplayground.log'), 'utf8').catch(() => '');
  const errors = log.split('\n').filter((line) => line.startsWith('error'));
  return errors.slice(-5).join('\n') || 'there is no error in its log';
}

async function untilReady(url: string, child: ChildProcess, folder: string): Promise<void> {
  const deadline = AbortSignal.timeout(START_LIMIT_MS);
  while (!deadline.aborted) {
    if (child.exitCode !== null) throw new Error(`The Playground ended at once:\n${await errorsIn(folder)}`);
    const answer = await fetch(`${url}/_debug/ping`).catch(() => null); // not up yet
    if (answer?.ok === true) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`The Playground did not answer within ${START_LIMIT_MS / 1000} seconds.`);
}

/** Starts one. Rejects with its own errors when it does not come up. */
export async function startInstance(command: string, options: InstanceOptions): Promise<PlaygroundInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'hardline-playground-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), JSON.stringify(configOf(options), null, 2)); // JSON is YAML
  const url = `http://localhost:${options.port}`;
  const flags = ['-e', options.botEndpoint, '-c', 'msteams', '-p', String(options.port), '--disable-telemetry'];
  const connector = ['--service-url', `http://localhost:${options.port}/_connector`];
  const child = spawn(process.execPath, [command, 'start', ...flags, ...connector], {
    cwd: folder,
    env: await environmentFor(folder, options.openTab),
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(() => undefined);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, ended, stop };
}

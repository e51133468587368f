/**
 * `npm run demo`: tenant, bot and practice page on this machine. `--story NAME` plays a story without a browser.
 * `ready` is printed once, when everything answers, and every failure is one clear line.
 */
import { parseArgs } from 'node:util';
import { proxyOrigin } from './graph-through.ts';
import { hasDesktop, openBrowser } from './open-browser.ts';
import type { Demo, startDemo } from './start.ts';
import { STORIES, type Story, storyNamed } from './stories/all.ts';
import { playStory } from './stories/play.ts';

const USAGE = `Usage: npm run demo -- [--port N] [--tenant FILE] [--data DIR] [--no-open]
                       [--graph-through URL] [--tenant-port N] [--story NAME | --stories]

  --port N       port of the practice page (default 4310; 0 takes any free one)
  --tenant FILE  another seed for the emulated tenant
  --data DIR     keep the ledger and the log in DIR (default: a temporary folder, removed at the end)
  --no-open      do not open a browser
  --graph-through URL
                 the bot talks to a proxy of yours at URL, on this machine, instead of to the tenant; the
                 address of the tenant is printed first, and the demo waits until the proxy forwards to it
  --tenant-port N
                 port of the tenant, so that a proxy can know it (default: any free one)
  --story NAME   play one story without a browser, print its transcript, exit 0 or 1
  --stories      play all stories, one after the other

Stories: ${STORIES.map((story) => story.name).join(', ')}`;

const DEFAULT_PORT = 4310;

/** What the command line asks for. */
type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | ({ readonly kind: 'run' } & RunOptions);

interface RunOptions {
  readonly port: number | null;
  readonly seedFile: string | null;
  readonly dataFolder: string | null;
  readonly open: boolean;
  readonly stories: readonly Story[];
  readonly graphThrough: string | null;
  readonly tenantPort: number;
}

function readCommandLine(args: readonly string[]): CommandLine {
  const options = {
    port: { type: 'string' },
    tenant: { type: 'string' },
    data: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    story: { type: 'string' },
    stories: { type: 'boolean', default: false },
    'graph-through': { type: 'string' },
    'tenant-port': { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    if (values.help) return { kind: 'help' };
    for (const name of ['port', 'tenant-port'] as const) {
      const port = Number(values[name] ?? '0');
      if (Number.isInteger(port) && port >= 0 && port <= 65_535 && values[name] !== '') continue;
      return { kind: 'wrong', problem: `--${name} takes a number from 0 to 65535, not "${values[name] ?? ''}".` };
    }
    const through = values['graph-through'];
    const graphThrough = through === undefined ? null : proxyOrigin(through);
    if (through !== undefined && graphThrough === null) {
      return { kind: 'wrong', problem: `--graph-through takes http://127.0.0.1:PORT, not "${through}".` };
    }
    const story = values.story === undefined ? undefined : storyNamed(values.story);
    if (values.story !== undefined && story === undefined) {
      return { kind: 'wrong', problem: `There is no story "${values.story}".` };
    }
    return {
      kind: 'run',
      port: values.port === undefined ? null : Number(values.port),
      graphThrough,
      tenantPort: Number(values['tenant-port'] ?? '0'),
      seedFile: values.tenant ?? null,
      dataFolder: values.data ?? null,
      open: !values['no-open'],
      stories: values.stories ? STORIES : story === undefined ? [] : [story],
    };
  } catch (error) {
    return { kind: 'wrong', problem: (error as Error).message };
  }
}

/** Why the demo could not start. */
function whyNotStarted(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another one: npm run demo -- --port N`;
  if (code === 'EACCES') return `This account may not use port ${port}. Choose another one with --port.`;
  if (code === 'ENOENT') return `A file is missing: ${(error as Error).message}`;
  return `The demo cannot start: ${(error as Error).message}`;
}

type Start = typeof startDemo;

/** What is the same for the page and for a story. The tenant's address is printed before a proxy is waited for. */
function startOptions(commandLine: RunOptions): Omit<Parameters<Start>[0], 'port'> {
  const { seedFile, dataFolder, tenantPort, graphThrough } = commandLine;
  const onTenant = (origin: string): void => {
    if (graphThrough === null) return;
    process.stdout.write(`tenant ${origin}\nwaiting for the proxy at ${graphThrough} to forward to it\n`);
  };
  return { seedFile, dataFolder, tenantPort, graphThrough, onTenant };
}

async function playAll(commandLine: RunOptions, start: Start): Promise<number> {
  let failed = 0;
  for (const story of commandLine.stories) {
    const demo = await start({
      port: commandLine.port ?? 0,
      ...startOptions(commandLine),
    });
    try {
      const failures = await playStory(demo.origin, story, (line) => process.stdout.write(`${line}\n`));
      if (failures.length > 0) failed += 1;
    } finally {
      await demo.close();
    }
  }
  return failed === 0 ? 0 : 1;
}

/** Stops at the first signal; a second one exits at once. */
function stopOnSignal(demo: Demo): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(0);
      stopping = true;
      void demo.close().then(resolve);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
  });
}

async function runPractice(commandLine: RunOptions, start: Start): Promise<number> {
  const demo = await start({
    port: commandLine.port ?? DEFAULT_PORT,
    ...startOptions(commandLine),
  });
  const stopped = stopOnSignal(demo);
  process.stdout.write(`bot    ${demo.botEndpoint}\n`);
  if (commandLine.graphThrough === null) process.stdout.write(`tenant ${demo.tenant.origin}\n`);
  if (commandLine.dataFolder !== null) process.stdout.write(`data   ${demo.dataFolder}\n`);
  process.stdout.write(`ready ${demo.origin}\n`);
  if (commandLine.open && hasDesktop(process.platform, process.env)) openBrowser(demo.origin);
  await stopped;
  return 0;
}

const commandLine = readCommandLine(process.argv.slice(2));
if (commandLine.kind === 'help') {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
if (commandLine.kind === 'wrong') {
  process.stderr.write(`${commandLine.problem}\n\n${USAGE}\n`);
  process.exit(2);
}
try {
  // Loaded late, because it loads the whole bot, and help or a typo should be answered at once.
  const { startDemo: start } = await import('./start.ts');
  process.exit(await (commandLine.stories.length > 0 ? playAll(commandLine, start) : runPractice(commandLine, start)));
} catch (error) {
  process.stderr.write(
    `${whyNotStarted(error, commandLine.port ?? (commandLine.stories.length > 0 ? 0 : DEFAULT_PORT))}\n`,
  );
  process.exit(1);
}

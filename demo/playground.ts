/**
 * `npm run playground`: Microsoft's Agents Playground, with one window each for technician, approver and caller, all
 * connected to one bot. It shows the bot in Microsoft's own client; nothing of Hardline is built or tested with it.
 */
import { parseArgs } from 'node:util';
import { GROUPS, membersOf } from './demo-config.ts';
import { hasDesktop } from './open-browser.ts';
import { isFree, playgroundCommand, type PlaygroundInstance, startInstance } from './playground-instance.ts';
import { startDemo } from './start.ts';
import { readSeedFile } from './tenant/read-seed.ts';
import { FERNHILL } from './tenant/start.ts';

const USAGE = `Usage: npm run playground -- [--bot URL] [--port N] [--caller UPN] [--no-open]

  --bot URL      a running bot, http://127.0.0.1:PORT/api/messages (default: starts tenant, bot and practice page)
  --port N       first of three ports (default 56150)
  --caller UPN   who calls (default lena.hartmann@fernhill.example)
  --no-open      do not open browser tabs`;
const MISSING = `The Agents Playground is not installed. It is Microsoft's, under its own license:
  npm install --no-save @microsoft/m365agentsplayground@0.2.28
Without it: npm run demo, or npm run demo -- --story phone-left-at-home`;
const OTHERS = 5;

interface CommandLine {
  readonly bot: string | null;
  readonly port: number;
  readonly caller: string;
  readonly open: boolean;
}

/** Ends with one clear line. */
function fail(line: string, code: 1 | 2): never {
  process.stderr.write(`${line}\n`);
  process.exit(code);
}

function readCommandLine(): CommandLine {
  const options = {
    bot: { type: 'string' },
    port: { type: 'string', default: '56150' },
    caller: { type: 'string', default: 'lena.hartmann@fernhill.example' },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1024 || port > 65_533) fail(`--port takes 1024 to 65533.\n\n${USAGE}`, 2);
    if (values.bot !== undefined && !/^http:\/\/(127\.0\.0\.1|localhost):\d+\/api\/messages$/.test(values.bot)) {
      fail(`--bot takes an address on this machine, http://127.0.0.1:PORT/api/messages.\n\n${USAGE}`, 2);
    }
    return { bot: values.bot ?? null, port, caller: values.caller, open: !values['no-open'] };
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`, 2);
  }
}

async function run(commandLine: CommandLine): Promise<void> {
  const command = playgroundCommand() ?? fail(MISSING, 1);
  const seed = readSeedFile(FERNHILL);
  const members = membersOf(seed);
  const firstOf = (group: string): string | undefined => seed.groups.find(({ id }) => id === group)?.members[0];
  const windows = [
    { role: 'technician', person: members.find(({ id }) => id === firstOf(GROUPS.technicians)) },
    { role: 'approver', person: members.find(({ id }) => id === firstOf(GROUPS.approvers)) },
    { role: 'caller', person: members.find(({ userPrincipalName }) => userPrincipalName === commandLine.caller) },
  ];
  for (const [index] of windows.entries()) {
    const port = commandLine.port + index;
    if (!(await isFree(port))) fail(`Port ${port} is taken. Choose others: npm run playground -- --port N`, 1);
  }

  const undo: (() => Promise<unknown>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const demo = commandLine.bot === null ? await startDemo({ port: 0, seedFile: null, dataFolder: null }) : null;
    if (demo !== null) undo.push(() => demo.close());
    // Wait for all of them even if one fails, so that none is left running.
    const outcomes = await Promise.allSettled(
      windows.map(async ({ role, person }, index): Promise<PlaygroundInstance> => {
        if (person === undefined) throw new Error(`There is nobody in the seed for the ${role}.`);
        const instance = await startInstance(command, {
          botEndpoint: demo?.botEndpoint ?? commandLine.bot ?? '',
          port: commandLine.port + index,
          person,
          others: members.filter(({ id }) => id !== person.id).slice(0, OTHERS),
          tenantId: seed.tenantId,
          openTab: commandLine.open && hasDesktop(process.platform, process.env),
        });
        undo.push(() => instance.stop());
        return instance;
      }),
    );
    const started = outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
    windows.forEach(({ role, person }, index) => {
      process.stdout.write(`${role.padEnd(10)} ${started[index]?.url ?? ''}  ${person?.name ?? ''}\n`);
    });
    if (demo !== null) process.stdout.write(`ready ${demo.origin}  Microsoft's pages for the caller, and the ledger\n`);
    else process.stdout.write('ready\n');
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
      for (const instance of started) void instance.ended.then(resolve);
    });
  } finally {
    await stopAll();
  }
}

try {
  await run(readCommandLine());
  process.exit(0);
} catch (error) {
  fail(`The Playground cannot start: ${(error as Error).message}`, 1);
}

// What can be read out of the running bot: through Node's inspector, through a copy of its memory, and what its process may
// still do once it runs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBotProcess, readyToIssue, until, type BotProcess } from '../faults/bot-process.ts';
import { itInFull } from '../lane.ts';
import { TESS } from '../scenarios/helpdesk.ts';

const LOOK_INSIDE = fileURLToPath(new URL('look-inside.ts', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));
const INSPECTOR_PORT = 9229;
const READ_OUT = 'Read the pass out now';
const REFUSED = 'ERR_ACCESS_DENIED';

/** The options that `npm start` gives to Node. */
function optionsOfStart(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const words = (scripts['start'] ?? '').split(' ');
  assert.deepEqual([words[0], words.at(-1)], ['node', 'src/index.ts']);
  return words.slice(1, -1);
}

/** What it says that has to do with looking inside, once it was asked to. */
async function lookInside(bot: BotProcess): Promise<Readonly<Record<string, string>>> {
  process.kill(bot.pid(), 'SIGUSR2');
  await until(() => bot.output().includes('looked inside {'), 'somebody looked inside', 120);
  const [, found = '{}'] = /looked inside (\{.*\})/.exec(bot.output()) ?? [];
  return JSON.parse(found) as Readonly<Record<string, string>>;
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answered = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answered;
}

describe('The memory of a running bot', function () {
  if (process.platform === 'win32') return; // there are no such signals
  this.timeout(180_000);
  let bot: BotProcess;
  afterEach(() => bot.close());

  const starts = [
    ['started with npm start', optionsOfStart()],
    ['started without any option', []],
  ] as const;
  // Each of these starts a bot as a process of its own. The quick lane has the one that is started as `npm start` does it.
  for (const [how, options] of starts) {
    itInFull(`is not opened to the inspector by SIGUSR1: ${how}`, async () => {
      bot = await openBotProcess({}, { options });
      await bot.start();
      await bot.teams.installForAll();
      process.kill(bot.pid(), 'SIGUSR1');
      await bot.says(TESS, 'help'); // by the time it has answered, it has seen the signal
      assert.doesNotMatch(bot.output(), /Debugger listening/);
      assert.equal(await canConnect(INSPECTOR_PORT), false);
    });
  }

  itInFull('would be found open if the signal still opened it', async () => {
    bot = await openBotProcess();
    const plain = spawn(process.execPath, [
      '--inspect-port=0',
      '-e',
      'console.error("up"); setInterval(() => {}, 1000)',
    ]);
    let said = '';
    plain.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    await until(() => said.includes('up'), 'a plain Node runs');
    plain.kill('SIGUSR1');
    await until(() => said.includes('Debugger listening'), 'its inspector is open');
    plain.kill('SIGKILL');
    await once(plain, 'close');
  });

  it('belongs to a process that can issue a pass, and neither write files nor start programs, threads or the inspector', async () => {
    bot = await openBotProcess({}, { options: [...optionsOfStart(), '--import', LOOK_INSIDE] });
    await bot.start();
    await readyToIssue(bot);
    assert.equal(await bot.press(TESS, 'issue-pass'), `${READ_OUT}. It is shown only once`);
    assert.deepEqual(await lookInside(bot), {
      'write a file': REFUSED,
      'start a program': REFUSED,
      'start a thread': REFUSED,
      'open the inspector': REFUSED,
      'load native code': REFUSED,
    });
  });

  itInFull('holds no pass once its card was shown, and what it does hold is found in it', async () => {
    const file = join(tmpdir(), `hardline-memory-${process.pid}.heapsnapshot`);
    const options = ['--expose-gc', '--import', LOOK_INSIDE];
    bot = await openBotProcess({}, { options, environment: { MEMORY_FILE: file } });
    await bot.start();
    await readyToIssue(bot);
    await bot.press(TESS, 'issue-pass');
    const card = bot.sees(TESS);
    assert.ok(card.includes(READ_OUT), 'the technician sees the pass');
    const [, code = ''] = /"text":("(?:[^"\\]|\\.)+")[^}]*"fontType":"Monospace"/i.exec(card) ?? [];
    await lookInside(bot);
    const memory = readFileSync(file, 'latin1');
    rmSync(file);
    assert.match(code, /^"\S{8,}"$/);
    assert.ok(memory.includes(`kept by ${bot.pid()}`), 'what is held is found in the copy');
    assert.ok(!memory.includes(code.slice(1, -1)), 'the pass is not');
  });
});

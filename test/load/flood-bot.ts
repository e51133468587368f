/**
 * The bot's receiver in authenticated mode, as a process of its own: the real server, guard, adapter and log, with a casework
 * that answers at once. flood.ts starts it with the address of the signing keys, and reads its stderr.
 */
import pino from 'pino';
import { Registry } from 'prom-client';
import { startReceiver } from '../../src/teams/receiver.ts';
import { createSender } from '../../src/teams/sender.ts';
import { modeFor } from '../teams/channel-keys.ts';
import { cardMessage } from '../teams/harness.ts';

const [, , metadataUrl = ''] = process.argv;
const log = pino({ base: null }, pino.destination(1));
const registry = new Registry();
const now = Date.now;
const sender = createSender({ mode: modeFor(metadataUrl), host: '127.0.0.1', log, registry, now, random: Math.random });
const receiver = await startReceiver(sender, {
  ...{ port: 0, registry, log, now, newId: () => crypto.randomUUID() },
  casework: {
    onMessage: () => Promise.resolve([{ cardMessage: cardMessage('heard'), cardOf: null }]),
    onAction: () => Promise.resolve({ kind: 'show', cardMessage: cardMessage('pressed') }),
    onInstall: () => Promise.resolve([]),
  },
  placed: () => Promise.resolve(),
  firstSight: () => Promise.resolve(true),
  cards: { passCannotBeShownHere: () => cardMessage('not here'), apology: () => cardMessage('sorry') },
  ready: () => Promise.resolve({ kind: 'ready' }),
});

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ seconds: (user + system) / 1_000_000 });
});
process.on('disconnect', () => process.exit());
process.send?.({ origin: receiver.origin });

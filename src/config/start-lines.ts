/**
 * What the log says when the bot has started: where it listens, and what an operator should know about how it was started.
 */
import type { Log } from '../casework/ports/log.ts';
import type { Config } from './config.ts';
import { hasLimitedRights } from './node-rights.ts';

/** Writes the lines. */
export function sayHowStarted(log: Log, config: Config, port: number): void {
  if (config.extraAuthorities)
    log.warn({}, 'NODE_EXTRA_CA_CERTS is set: whoever holds one of those authorities can answer for Microsoft');
  if (!hasLimitedRights()) log.info({}, 'started without the permission model of Node; npm start uses it');
  log.info({ port, channel: config.channel.kind, graph: config.graph.kind }, 'listening');
}

/**
 * A whole helpdesk for scenarios: emulated tenant, emulated Teams, and the real bot between them, all over HTTP.
 * Time moves when a scenario moves it; the watch looks when told to; every ledger is verified at the end.
 */
import type { KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHardline, type Hardline } from '../../src/app.ts';
import { FEED_SETTINGS } from '../../src/graph/feed/settings.ts';
import { openCheckpointKey } from '../../src/ledger/checkpoint-key.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { readConfig, type Config } from '../../src/config/config.ts';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { dataOf, readCard, type Button, type ReadCard } from '../../demo/stories/card-reading.ts';
import { startTeams, type Teams } from '../../demo/teams/start.ts';
import type { SeenMessage } from '../../demo/teams/chats.ts';
import type { DeliveryResult } from '../../demo/teams/delivery.ts';
import type { Member } from '../../demo/teams/members.ts';
import { FERNHILL, startTenant, type RunningTenant } from '../../demo/tenant/start.ts';
import { assertListed } from '../casework/audit-log.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { clockOf } from '../test-time.ts';
import { environmentFor, TENANT } from './environment.ts';
import type { HelpdeskOptions } from './helpdesk-options.ts';
import { IN_EVERY_STORY } from './people.ts';

export { ABEL, ADA, IVY, LENA, MARA, MAX, MILO, NOAH, SOFIA, TESS, TOM } from './people.ts';

/** The app's id in the organization's catalog. */
export const CATALOG_ID = 'd0000000-0000-4000-8000-000000000010';

export const MINUTE = 60_000;
/** How the bot itself verifies its ledger while it runs. */
const WHOLE_FILE = { since: null, publicKey: null, thorough: true } as const;
/** Pauses of the bot are that much shorter here. */
const FASTER = 25;

/** Scenarios do not wait: what happened in the tenant is seen at the next look. */
const AT_EVERY_LOOK = {
  every: { ...FEED_SETTINGS.every, people: 0, audit: 0, risk: 0 },
  recent: { people: 0, audit: 0, risk: 0 },
} as const;

export interface Helpdesk {
  readonly tenant: RunningTenant;
  readonly teams: Teams;
  readonly bot: () => Hardline;
  readonly otherBot: () => Hardline;
  readonly dataFolder: string;
  now(): number;
  pass(minutes: number): void;
  botIsAhead(minutes: number): void; // of Microsoft's clock; negative: behind
  says(who: Member, text: string): Promise<ReadCard>;
  /** Presses a button of the newest card that has it; `change` forges the data. */
  presses(who: Member, verb: string, fill?: Record<string, string>, how?: PressHow): Promise<ReadCard>;
  /** The press as it would be sent, to be sent by the scenario itself. */
  readyPress(who: Member, verb: string, fill?: Record<string, string>, how?: PressHow): () => Promise<DeliveryResult>;
  card(who: Member): ReadCard;
  messages(who: Member): readonly SeenMessage[];
  tick(): Promise<void>;
  ledger(): Promise<readonly RecordedEntry[]>;
  passOrders(): number; // POSTs that ask Graph for a pass
  livePasses(): number;
  logLines(): readonly string[];
  disk(): string; // every byte of the data folder
  ledgerKey(): KeyObject; // the one beside the ledger
  stopBot(): Promise<void>;
  startBot(changed?: Readonly<Record<string, string>>): Promise<void>; // with these settings instead
  close(): Promise<void>;
}

interface PressHow {
  readonly with?: Readonly<Record<string, string>>;
  readonly change?: (data: Record<string, unknown>) => Record<string, unknown>;
}

export async function openHelpdesk(options: HelpdeskOptions = {}): Promise<Helpdesk> {
  const { dir: dataFolder, clean } = scratchFolder('scenario');
  let offset = 0;
  let ahead = 0;
  const { time, through = (origin: string) => origin } = options;
  const clock = clockOf(time);
  const now = (): number => clock() + offset;
  const tenant = await startTenant({
    ...{ port: 0, seed: FERNHILL, now, onInstall: (person) => void installFor(person) },
    ...(time && { wait: (milliseconds) => time.wait(milliseconds) }),
  });
  tenant.control.settings({ throttling: options.throttling ?? false }); // scenarios click faster than people
  options.before?.(tenant);
  const logLines: string[] = [];
  const logTo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logLines.push(chunk.toString('utf8'));
      done();
    },
  });
  let bot: Hardline | null = null;
  const running = (): Hardline => {
    if (bot === null) throw new Error('the bot is not running');
    return bot;
  };
  const startOne = (changed: Readonly<Record<string, string>> = {}): Promise<Hardline> => {
    const configured = readConfig({ ...environmentFor(tenant.origin, dataFolder), ...options.environment, ...changed });
    const config: Config = { ...configured, feed: { ...configured.feed, ...AT_EVERY_LOOK } };
    return startHardline(config, {
      now: () => (now() + ahead) as Instant,
      steadyClock: now,
      logTo,
      onCheckpoint: () => undefined,
      wait: time?.wait ?? ((milliseconds) => sleep(milliseconds / FASTER)),
      ...(time && { timing: time.timing }),
      withoutTimers: true,
      reportLimit: 1000,
      ...(options.connectorTimeout !== undefined && { connectorTimeout: options.connectorTimeout }),
      besideOthers: options.twoBots ?? false,
    });
  };
  const startBot: Helpdesk['startBot'] = async (changed) => void (bot = await startOne(changed));
  await startBot();
  const other = options.twoBots === true ? await startOne() : null;
  const members = [...IN_EVERY_STORY, ...(options.also ?? [])];
  const teams = await startTeams({
    port: 0,
    tenantId: TENANT,
    members,
    withoutApp: options.withoutApp ?? [],
    botOrigin: () => through(running().origin),
    tenantOrigin: () => tenant.origin,
    now,
  });
  await teams.installForAll();
  /** What Teams does when the app is installed for somebody, by whomever: the bot is told of the new chat. */
  const installFor = async (person: string): Promise<void> => {
    await fetch(`${teams.origin}/teams/chats/${person}/installation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'add' }),
    });
  };

  const messages = (who: Member): readonly SeenMessage[] => {
    if (!members.includes(who)) throw new Error(`${who.name} has no part in this story: name them in "also"`);
    return teams.chats.seenBy(who.id);
  };
  const withCard = (who: Member): readonly SeenMessage[] =>
    messages(who).filter((message) => message.card !== null && !message.deleted);
  const card = (who: Member): ReadCard => {
    const newest = withCard(who).at(-1);
    if (newest === undefined) throw new Error(`${who.name} sees no card`);
    return readCard(newest.card ?? {});
  };
  const find = (who: Member, verb: string, wanted: PressHow): { message: SeenMessage; button: Button } => {
    for (const message of withCard(who).toReversed()) {
      const button = readCard(message.card ?? {}).buttons.find(
        (one) =>
          one.verb === verb && Object.entries(wanted.with ?? {}).every(([name, value]) => one.data[name] === value),
      );
      if (button !== undefined) return { message, button };
    }
    throw new Error(`${who.name} has no button ${verb}; the newest card says: ${card(who).headline}`);
  };
  const readyPress: Helpdesk['readyPress'] = (who, verb, fill = {}, how = {}) => {
    const { message, button } = find(who, verb, how);
    const known = Object.entries(fill).filter(([name]) => button.inputs.some((input) => input.id === name));
    const data = dataOf(button, Object.fromEntries(known));
    const { type, title, id: buttonId } = button;
    if (type !== 'Action.Execute') throw new Error(`${verb} is a ${type}`);
    const pressed = { type, title, verb, id: buttonId, data: how.change?.(data) ?? data } as const;
    return () => teams.delivery.press(who, message.id, pressed);
  };
  const settled = async (): Promise<void> => {
    await running().whenIdle();
    await other?.whenIdle();
  };

  return {
    tenant,
    teams,
    bot: running,
    otherBot: () => other ?? running(),
    dataFolder,
    now,
    pass: (minutes) => {
      offset += minutes * MINUTE;
    },
    botIsAhead: (minutes) => void (ahead = minutes * MINUTE),
    async says(who, text) {
      await teams.delivery.say(who, text);
      await settled();
      return card(who);
    },
    async presses(who, verb, fill, how) {
      const { message } = find(who, verb, how ?? {});
      await readyPress(who, verb, fill, how)();
      const shown = readCard(messages(who).find((one) => one.id === message.id)?.card ?? {});
      await settled();
      return shown;
    },
    readyPress,
    card,
    messages,
    async tick() {
      await Promise.all([running().tick(), other?.tick()]);
      await settled();
    },
    // Every bot begins with an entry that names the key of its ledger; no scenario is about that.
    ledger: async () => (await running().ledgerEntries(501)).filter(({ code }) => code !== 'ledger.key-used'),
    passOrders: () =>
      tenant.control
        .journal()
        .filter((one) => one.method === 'POST' && one.path.endsWith('/temporaryAccessPassMethods')).length,
    livePasses: () => tenant.control.state().passes.filter((one) => one.usability === 'EnabledByPolicy').length,
    logLines: () => logLines,
    disk: () =>
      readdirSync(dataFolder)
        .map((file) => readFileSync(join(dataFolder, file), 'latin1'))
        .join('\n'),
    ledgerKey: () => openCheckpointKey(join(dataFolder, 'checkpoint-key.pem'), 'refuse'),
    async stopBot() {
      await running().close();
      bot = null;
    },
    startBot,
    async close() {
      const entries = (await bot?.ledgerEntries(500)) ?? [];
      await Promise.all([bot?.close(), other?.close()]);
      await teams.close();
      await tenant.close();
      // As the bot's own check does it, but without starting a thread for it: that would cost more than the scenario.
      const verdict = await verifyFile(join(dataFolder, 'hardline.sqlite'), WHOLE_FILE);
      clean();
      if (!verdict.ok) throw new Error('the ledger of this scenario does not verify');
      assertListed(entries);
    },
  };
}

/**
 * The real client on a fresh emulated tenant, for contract and fault tests.
 * There are no limits and no waiting unless a test asks for them.
 */
import { randomUUID } from 'node:crypto';
import { FERNHILL, startTenant } from '../../demo/tenant/start.ts';
import type { TenantControl } from '../../demo/tenant/control.ts';
import { connectDirectory } from '../../src/graph/directory.ts';
import type { ConnectedDirectory, DirectoryOptions } from '../../src/graph/directory.ts';
import { FEED_SETTINGS } from '../../src/graph/feed/settings.ts';
import type { FeedSettings } from '../../src/graph/feed/settings.ts';
import type { GroupId, Instant, PersonId } from '../../src/procedure/facts.ts';
import type { DirectoryUnderTest } from './directory.contract.ts';
import { openIndexInMemory } from './index-in-memory.ts';
import type { IndexInMemory } from './index-in-memory.ts';

/** A person of Fernhill, by number. */
export const person = (n: number): PersonId =>
  `a0000000-0000-4000-8000-0000000000${n.toString().padStart(2, '0')}` as PersonId;
const group = (n: number): GroupId => `b0000000-0000-4000-8000-0000000000${n.toString().padStart(2, '0')}` as GroupId;

/** The emulated tenant tells everything at once, and every look is a new one. */
export const QUICK: FeedSettings = {
  ...FEED_SETTINGS,
  delays: { feedMs: 0, logMs: 0 },
  recent: { people: 0, audit: 0, risk: 0 },
};

/** The tenant and the client on it. */
export interface Fernhill extends DirectoryUnderTest {
  readonly directory: ConnectedDirectory;
  readonly control: TenantControl;
  readonly index: IndexInMemory;
  readonly pauses: number[];
  /** Moves the clock of the tenant and the client. */
  pass(milliseconds: number): void;
}

/**
 * A fresh emulated tenant, the real client on it, and the first rounds of the feed done; limits off unless asked for.
 * `before`: what happens in the tenant before the client looks at it.
 */
export async function startFernhill(
  options: Partial<DirectoryOptions> = {},
  before: (control: TenantControl) => void = () => undefined,
  seed: Parameters<typeof startTenant>[0]['seed'] = FERNHILL,
): Promise<Fernhill> {
  let offset = 0;
  const now = (): Instant => (Date.now() + offset) as Instant;
  const tenant = await startTenant({ port: 0, seed, now });
  tenant.control.settings({ throttling: false });
  before(tenant.control);
  const pauses: number[] = [];
  const index = openIndexInMemory((options.feed ?? QUICK).delays);
  const directory = connectDirectory({
    tenant: { kind: 'emulated', origin: tenant.origin },
    protectedGroups: [group(6), group(9)],
    vipGroup: group(5),
    helpdeskGroups: [group(1), group(2), group(3), group(4)],
    now,
    newId: randomUUID,
    wait: async (milliseconds) => void pauses.push(milliseconds),
    reportLimit: 1000,
    timeoutMs: 2000,
    index,
    feed: QUICK,
    ...options,
  });
  await directory.feed.firstRounds();
  tenant.control.clearJournal();
  pauses.length = 0;
  return {
    directory,
    control: tenant.control,
    index,
    pass: (milliseconds) => void (offset += milliseconds),
    pauses,
    now,
    people: {
      ordinary: person(10),
      administrator: person(18),
      eligible: person(19),
      inRoleGroup: person(20),
      vip: person(27),
      protected: person(28),
      excluded: person(30),
      guest: person(17),
      eligibleForRoleGroup: person(35),
      inHiddenGroup: person(36),
    },
    ordinary: { upn: 'lena.hartmann@fernhill.example', employeeId: 'E1010', manager: person(11) },
    namesakes: { name: 'Alex Morgan', count: 2 },
    groups: { vip: group(5), technicians: group(1) },
    aTechnician: person(1),
    close: async () => {
      await directory.close();
      await tenant.close();
    },
  };
}

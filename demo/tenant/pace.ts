/**
 * How fast the tenant tells what happened: `quick` as its seed says, for playing and for most tests, or `as-microsoft`
 * with the delays and limits of the real service.
 */
import { bringForward } from './directory-changes.ts';
import { seededRandom } from './seeded-random.ts';
import type { Seed } from './seed-schema.ts';
import type { Pace, World } from './world.ts';

/** The two paces. */
export const PACES: readonly [Pace, Pace] = ['quick', 'as-microsoft'];

/**
 * What the real service is like. Audit events come after five to fifteen minutes, each on its own, so that they come
 * out of order; changes of people after about a minute; the registration report is some hours old.
 */
const AS_MICROSOFT: Partial<Seed['settings']> = {
  reportStalenessMinutes: 240,
  auditDelaySeconds: 300,
  auditDelayUpToSeconds: 900,
  deltaDelaySeconds: 60,
  throttling: true,
};

/** Sets the pace. `randomSeed` decides how late each audit event comes, the same way every time. */
export function setPace(world: World, pace: Pace, randomSeed: number): void {
  world.pace = pace;
  world.auditRandom = seededRandom(randomSeed);
  Object.assign(world.settings, world.seedSettings, pace === 'quick' ? {} : AS_MICROSOFT);
  bringForward(world);
  if (pace === 'quick') listAtOnce(world);
}

/** Back to quick: entries still waiting are listed as late as a new one would be. */
function listAtOnce(world: World): void {
  const latest = world.now() + world.settings.auditDelaySeconds * 1000;
  for (const log of [world.audits, world.signIns]) {
    for (const entry of log) entry.visibleAt = Math.min(entry.visibleAt, latest);
  }
}

/**
 * How fast the tenant tells what happened: `quick` as its seed says, for playing and for most tests, or `as-microsoft`
 * with the delays and limits of the real service.
 */
import { bringForward } from './directory-changes.ts';
import { seededRandom } from './seeded-random.ts';
import type { Seed } from './seed-schema.ts';
import type { Timing, World } from './world.ts';

/** The two timings. */
export const TIMINGS: readonly [Timing, Timing] = ['quick', 'as-microsoft'];

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

/** Sets the timing. `randomSeed` decides how late each audit event comes, the same way every time. */
export function setTiming(world: World, timing: Timing, randomSeed: number): void {
  world.timing = timing;
  world.auditRandom = seededRandom(randomSeed);
  Object.assign(world.settings, world.seedSettings, timing === 'quick' ? {} : AS_MICROSOFT);
  bringForward(world);
  if (timing === 'quick') listAtOnce(world);
}

/** Back to quick: entries still waiting are listed as late as a new one would be. */
function listAtOnce(world: World): void {
  const latest = world.now() + world.settings.auditDelaySeconds * 1000;
  for (const log of [world.audits, world.signIns]) {
    for (const entry of log) entry.visibleAt = Math.min(entry.visibleAt, latest);
  }
}

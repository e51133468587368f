/**
 * What the control API shows of the tenant. The value of a pass is never part of it.
 */
import { isoTime } from './ages.ts';
import type { Tenant } from './dispatch.ts';
import type { TenantFault } from './faults.ts';
import { passEndsAt, passUsability } from './method-resource.ts';
import type { Timing, PersonRecord, World } from './world.ts';

/** A pass that exists, without its value. `usability` is Microsoft's methodUsabilityReason. */
interface PassState {
  readonly user: string;
  readonly upn: string;
  readonly id: string;
  readonly createdAt: string;
  readonly endsAt: string;
  readonly oneTime: boolean;
  readonly used: boolean;
  readonly usability: string;
}

/** What can be seen of the tenant. */
export interface TenantState {
  readonly now: string;
  /** The timing that was ordered last; single settings may have been changed since. */
  readonly timing: Timing;
  readonly settings: World['settings'];
  readonly passes: readonly PassState[];
  /** Ids of people whose session may register methods now. */
  readonly signedIn: readonly string[];
  /** The number of calls that would have set a password. Must be 0. */
  readonly forbiddenAttempts: number;
  readonly requests: number;
  readonly faults: readonly TenantFault[];
  readonly latencyMs: number;
}

/** The state now. */
export function stateOf({ world, journal, faults, latencyMs }: Tenant): TenantState {
  const people = [...world.people.values()];
  const entries = journal.entries();
  return {
    now: isoTime(world.now()),
    timing: world.timing,
    settings: { ...world.settings },
    passes: people.flatMap((person) => passState(world, person)),
    signedIn: people
      .filter(({ session }) => session !== null && session.registerUntil > world.now())
      .map(({ id }) => id),
    forbiddenAttempts: entries.filter(({ forbidden }) => forbidden).length,
    requests: entries.length,
    faults: faults.list(),
    latencyMs,
  };
}

function passState(world: World, person: PersonRecord): PassState[] {
  const { pass } = person;
  if (pass === null) return [];
  return [
    {
      user: person.id,
      upn: String(person.user['userPrincipalName']),
      id: pass.id,
      createdAt: isoTime(pass.createdAt),
      endsAt: isoTime(passEndsAt(pass)),
      oneTime: pass.oneTime,
      used: pass.usedAt !== null,
      usability: passUsability(world, person, pass),
    },
  ];
}

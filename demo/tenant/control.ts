/**
 * The control API: what people do at Microsoft's pages, what administrators do without the bot, faults, and the state
 * of the tenant. Nothing it returns contains the value of a pass.
 */
import { checked } from './control-schema.ts';
import type { ControlInput } from './control-schema.ts';
import type { Tenant } from './dispatch.ts';
import type { JournalEntry } from './journal.ts';
import { bringForward, deletePerson, restorePerson } from './directory-changes.ts';
import * as outsideChanges from './outside-changes.ts';
import type { ClockReading, MovableClock } from './movable-clock.ts';
import { setTiming } from './timing.ts';
import { registerMethod, removeMethod, signInWithPass } from './microsoft-pages.ts';
import type { RegistrationResult, SignInResult } from './microsoft-pages.ts';
import { stateOf } from './tenant-state.ts';
import type { TenantState } from './tenant-state.ts';
import { runSelfService } from './self-service.ts';
import type { SelfServiceResult } from './self-service.ts';
import { findPerson } from './world.ts';
import type { PersonRecord, World } from './world.ts';

/** The calls. An unknown person throws RangeError and a wrong argument ZodError, before anything is done. */
export interface TenantControl {
  signIn(input: ControlInput<'signIn'>): SignInResult;
  registerMethod(input: ControlInput<'registerMethod'>): RegistrationResult;
  removeMethod(input: ControlInput<'removeMethod'>): boolean;
  selfService(input: ControlInput<'selfService'>): SelfServiceResult;
  resetByAdmin(input: ControlInput<'resetByAdmin'>): void;
  passFromElsewhere(input: ControlInput<'passFromElsewhere'>): { readonly id: string };
  /** A server that lags behind lists a deleted pass once more, for some time. */
  listAgain(input: ControlInput<'listAgain'>): void;
  changePerson(input: ControlInput<'changePerson'>): void;
  deletePerson(input: ControlInput<'deletePerson'>): void;
  restorePerson(input: ControlInput<'restorePerson'>): void;
  changeNumber(input: ControlInput<'changeNumber'>): void;
  setRisk(input: ControlInput<'setRisk'>): void;
  joinGroup(input: ControlInput<'joinGroup'>): void;
  leaveGroup(input: ControlInput<'leaveGroup'>): void;
  giveRole(input: ControlInput<'giveRole'>): void;
  /** PIM for Groups. */
  giveGroupAccess(input: ControlInput<'giveGroupAccess'>): void;
  /** Every delta token given out so far is refused. */
  expireDeltaTokens(input?: ControlInput<'expireDeltaTokens'>): void;
  /** The next rounds of users/delta tell what they told before, or everything twice. */
  repeatDelta(input: ControlInput<'repeatDelta'>): void;
  passPolicy(input: ControlInput<'passPolicy'>): void;
  settings(input: ControlInput<'settings'>): void;
  /** Quick, or with the delays and limits of the real service. */
  timing(input: ControlInput<'timing'>): void;
  permissions(input: ControlInput<'permissions'>): void;
  fault(input: ControlInput<'fault'>): void;
  clearFaults(): void;
  latency(input: ControlInput<'latency'>): void;
  /** Sets the value of the next pass, so that a test can check that it appears nowhere. */
  nextPass(value: string): void;
  /** Moves the clock forward; `reset` leaves it where it is. */
  clock(input: ControlInput<'clock'>): ClockReading;
  clockReading(): ClockReading;
  clearJournal(): void;
  /** Returns to the seed, with ages counted from now. Faults, journal, limits and latency are as at the start. */
  reset(): void;
  state(): TenantState;
  journal(): readonly JournalEntry[];
}

/** What `reset` needs. */
interface ControlParts {
  rebuild(): World;
  readonly nextPasses: string[];
  readonly initialLatencyMs: number;
  readonly clock: MovableClock;
}

/** The control of one tenant. */
export function createControl(tenant: Tenant, parts: ControlParts): TenantControl {
  const person = (key: string): PersonRecord => {
    const found = findPerson(tenant.world, key);
    if (found === undefined) throw new RangeError(`There is nobody called ${key}.`);
    return found;
  };
  return {
    signIn: (input) => {
      const { upn, pass } = checked('signIn', input);
      return signInWithPass(tenant.world, upn, pass);
    },
    registerMethod: (input) => {
      const { user, method } = checked('registerMethod', input);
      return registerMethod(tenant.world, person(user), method);
    },
    removeMethod: (input) => {
      const { user, id } = checked('removeMethod', input);
      return removeMethod(tenant.world, person(user), id);
    },
    selfService: (input) => {
      const { user, outcome } = checked('selfService', input);
      return runSelfService(tenant.world, person(user), outcome);
    },
    resetByAdmin: (input) => {
      const { user, by } = checked('resetByAdmin', input);
      outsideChanges.resetByAdmin(tenant.world, person(user), person(by));
    },
    passFromElsewhere: (input) => {
      const { user, by, ...wanted } = checked('passFromElsewhere', input);
      return outsideChanges.passFromElsewhere(tenant.world, person(user), person(by), wanted);
    },
    listAgain: (input) => {
      const { user, id, seconds } = checked('listAgain', input);
      outsideChanges.listAgain(tenant.world, person(user), id, seconds);
    },
    changePerson: (input) => {
      const { user, manager, ...change } = checked('changePerson', input);
      const managerId = typeof manager === 'string' ? person(manager).id : manager;
      outsideChanges.changePerson(tenant.world, person(user), { ...change, manager: managerId });
    },
    deletePerson: (input) => {
      const { user, how, by } = checked('deletePerson', input);
      deletePerson(tenant.world, person(user), how, { person: person(by).id });
    },
    restorePerson: (input) => {
      const { user, by } = checked('restorePerson', input);
      restorePerson(tenant.world, user, { person: person(by).id });
    },
    expireDeltaTokens: (input) => {
      const { how } = checked('expireDeltaTokens', input);
      const { directory } = tenant.world;
      directory.tokensRefused = { upTo: directory.tokensIssued, how };
    },
    repeatDelta: (input) => {
      const { times, ...repeat } = checked('repeatDelta', input);
      for (let n = 0; n < times; n += 1) tenant.world.directory.repeats.push(repeat);
    },
    changeNumber: (input) => {
      const { user, by, ...change } = checked('changeNumber', input);
      outsideChanges.changeNumber(tenant.world, person(user), change, person(by ?? user));
    },
    setRisk: (input) => {
      const { user, level, state } = checked('setRisk', input);
      outsideChanges.setRisk(tenant.world, person(user), level, state);
    },
    joinGroup: (input) => {
      const { user, group } = checked('joinGroup', input);
      outsideChanges
        .groupNamed(tenant.world, group)
        .members.add(tenant.world.groups.has(user) ? user : person(user).id);
    },
    leaveGroup: (input) => {
      const { user, group } = checked('leaveGroup', input);
      outsideChanges.groupNamed(tenant.world, group).members.delete(person(user).id);
    },
    giveRole: (input) => {
      const { user, role, how } = checked('giveRole', input);
      outsideChanges.giveRole(tenant.world, person(user), role, how);
    },
    giveGroupAccess: (input) => {
      const { user, group, access, how } = checked('giveGroupAccess', input);
      const principal = tenant.world.groups.has(user) ? user : person(user).id;
      outsideChanges.giveGroupAccess(tenant.world, { principal, group, access, how });
    },
    passPolicy: (input) => void Object.assign(tenant.world.passPolicy, checked('passPolicy', input)),
    settings: (input) => {
      const change = checked('settings', input);
      // A delay that is named alone is meant as a fixed one.
      const fixed = change.auditDelaySeconds === undefined ? {} : { auditDelayUpToSeconds: null };
      Object.assign(tenant.world.settings, fixed, change);
      bringForward(tenant.world);
    },
    timing: (input) => {
      const { to, randomSeed } = checked('timing', input);
      setTiming(tenant.world, to, randomSeed);
    },
    permissions: (input) => {
      const { grant, revoke } = checked('permissions', input);
      grant.forEach((name) => tenant.world.permissions.add(name));
      revoke.forEach((name) => tenant.world.permissions.delete(name));
    },
    fault: (input) => tenant.faults.set(checked('fault', input)),
    clearFaults: () => tenant.faults.clear(),
    latency: (input) => {
      tenant.latencyMs = checked('latency', input).ms;
    },
    nextPass: (value) => void parts.nextPasses.push(checked('nextPass', value)),
    clock: (input) => parts.clock.move(checked('clock', input)),
    clockReading: () => parts.clock.read(),
    clearJournal: () => tenant.journal.clear(),
    reset: () => {
      tenant.world = parts.rebuild();
      tenant.faults.clear();
      tenant.journal.clear();
      tenant.throttle.clear();
      tenant.latencyMs = parts.initialLatencyMs;
      parts.nextPasses.length = 0;
    },
    state: () => stateOf(tenant),
    journal: () => tenant.journal.entries(),
  };
}

/**
 * The caller snapshot: everything the procedure decides on, read in one round trip. Reading it always returns a
 * result; each part that could not be read says so.
 *
 * One `$batch` carries the directory reads. At the same time run the beta roles and ID Protection, which have limits
 * of their own, and the registration report and the audit log, which wait for the report rate limit. A second round
 * trip is made only when the pass policy names groups that were not asked about: on the first read, and after somebody
 * edited the policy.
 */
import { z } from 'zod';
import type { CallerProfile, GraphFacts } from '../casework/ports/directory.ts';
import type { Age, GroupId, Instant, PersonId, Reading, RegistrationFacts } from '../procedure/facts.ts';
import { isNotFound, mapReading, read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { askTogether } from './batch.ts';
import type { GraphClient } from './client.ts';
import { completeMemberships, groupParts, groupsOf, membershipParts, membershipsIn } from './groups.ts';
import { methodsOf, methodsPath, methodsShape, registrationOf } from './methods.ts';
import { readNumberChanges, type NumberChanges } from './number-changes.ts';
import { dialable, numbersOf } from './numbers.ts';
import type { Numbers } from './numbers.ts';
import { path, segment } from './odata.ts';
import { PASS_POLICY_PATH, passPolicyOf, passPolicyShape, targetGroupsOf } from './pass-policy.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { readRisk } from './risk.ts';
import { activeRolesOf, askTransitiveRoles, eligibleRolesOf, roleParts } from './roles.ts';
import { CALLER_PROPERTIES, callerShape, id, registrationShape } from './shapes.ts';
import { accountOf, personOf } from './users.ts';

/** What the operator configured. */
interface SnapshotOptions {
  readonly protectedGroups: readonly GroupId[];
  readonly vipGroup: GroupId | null;
}

/** The facts without the history, and the names and numbers that people read. */
interface Snapshot {
  readonly facts: GraphFacts;
  readonly profile: CallerProfile | null;
}

/** Reads a snapshot. */
type ReadSnapshot = (caller: PersonId, now: Instant) => Promise<Snapshot>;

const managerShape = z.looseObject({
  id,
  displayName: z.string().nullish(),
  businessPhones: z.array(z.string()).nullish(),
});
type Manager = z.output<typeof managerShape> | null;

/** 404 means "no manager" only if the caller was found. */
function managerOf(answer: Answer, callerFound: boolean): Reading<Manager> {
  return callerFound && isNotFound(answer) ? read(null) : readingOf(answer, managerShape);
}

function managerAgeOf(manager: Reading<Manager>, changes: Reading<NumberChanges>): Reading<Age | null> {
  if (manager.kind !== 'read') return manager;
  if (manager.value === null) return read(null);
  return mapReading(changes, (known) => ({
    since: known.manager ?? known.reachesBackTo,
    changed: known.manager !== null,
  }));
}

async function readRegistration(
  client: GraphClient,
  rateLimit: ReportRateLimit,
  caller: PersonId,
): Promise<Reading<RegistrationFacts>> {
  if (!(await rateLimit.acquire('person'))) return unread('throttled');
  const answer = await client.ask({
    call: 'read-registration',
    method: 'GET',
    path: path(`/reports/authenticationMethods/userRegistrationDetails/${segment(caller)}`),
  });
  return mapReading(readingOf(answer, registrationShape), registrationOf);
}

/**
 * Creates the reader. It remembers which groups the pass policy named last, so that one round trip is enough.
 *
 * While a caller's snapshot is being read, further requests for it get the same one: a double click must not use up all
 * five report requests. Nothing else is cached. The audit log lags by minutes, so its entry about a number that was
 * changed just before the call may appear only when the snapshot is read again before a pass.
 */
export function snapshotReader(graph: GraphClient, rateLimit: ReportRateLimit, options: SnapshotOptions): ReadSnapshot {
  const configured = [...options.protectedGroups, ...(options.vipGroup === null ? [] : [options.vipGroup])];
  let policyGroups: readonly string[] = [];
  let licensed = false;

  async function readDirectory(client: GraphClient, caller: PersonId, now: Instant) {
    const user = `/users/${segment(caller)}`;
    const checks = membershipParts(caller, [...new Set<string>([...configured, ...policyGroups])]);
    const parts = {
      caller: { path: path(user, { $select: CALLER_PROPERTIES }) },
      manager: { path: path(`${user}/manager`, { $select: 'id,displayName,businessPhones' }) },
      methods: { path: methodsPath(caller) },
      passPolicy: { path: PASS_POLICY_PATH },
      ...roleParts(caller),
      ...groupParts(caller),
    };
    const answers = await askTogether(client, 'read-snapshot', { ...parts, ...checks }, now);
    const policy = readingOf(answers.passPolicy, passPolicyShape);
    if (policy.kind === 'read') policyGroups = targetGroupsOf(policy.value);
    const needed = [...configured, ...policyGroups];
    const memberships = await completeMemberships(client, caller, membershipsIn(checks, answers), needed, now);
    return { answers, policy, memberships };
  }

  async function readOne(caller: PersonId, now: Instant): Promise<Snapshot> {
    const client = graph.withOneDeadline(); // a caller is on the phone: one deadline for everything
    // The audit log first: if only one report request is left, a usable number matters more than the report.
    const [directory, rolesThroughGroups, risk, changeLog, registration] = await Promise.all([
      readDirectory(client, caller, now),
      askTransitiveRoles(client, caller),
      readRisk(client, caller),
      readNumberChanges(client, rateLimit, caller, now),
      readRegistration(client, rateLimit, caller),
    ]);
    // The report needs P1, so whether it could be read shows how long the tenant keeps its log.
    if (registration.kind === 'read') licensed = true;
    else if (registration.why === 'not-licensed') licensed = false;
    const { answers, policy, memberships } = directory;
    const entry = readingOf(answers.caller, callerShape);
    const methods = readingOf(answers.methods, methodsShape);
    const manager = managerOf(answers.manager, entry.kind === 'read');
    const changes = mapReading(changeLog, (changesKept) => changesKept(licensed));
    const numbers: Reading<Numbers> =
      entry.kind !== 'read' ? entry : mapReading(methods, (list) => numbersOf(entry.value, list, changes));

    return {
      facts: {
        readAt: now,
        account: mapReading(entry, accountOf),
        methods: mapReading(methods, (list) => methodsOf(list, registration)),
        registration,
        activeRoles: activeRolesOf(answers, rolesThroughGroups),
        eligibleRoles: eligibleRolesOf(answers.eligibleRoles),
        groups: groupsOf(answers, memberships, options),
        passPolicy: passPolicyOf(policy, caller, memberships),
        risk,
        numbers: mapReading(numbers, ({ onRecord }) => onRecord),
        manager: mapReading(manager, (found) => (found === null ? null : (found.id as PersonId))),
        managerAge: managerAgeOf(manager, changes),
      },
      profile:
        entry.kind === 'read'
          ? {
              person: personOf(entry.value),
              managerName: manager.kind === 'read' ? (manager.value?.displayName ?? null) : null,
              managerNumber: manager.kind === 'read' ? dialable(manager.value?.businessPhones?.[0], entry.value) : null,
              numbers: numbers.kind === 'read' ? numbers.value.dialable : [],
            }
          : null,
    };
  }

  const running = new Map<PersonId, Promise<Snapshot>>();
  return (caller, now) => {
    const joined = running.get(caller);
    if (joined !== undefined) return joined;
    const run = readOne(caller, now).finally(() => running.delete(caller));
    running.set(caller, run);
    return run;
  };
}

/**
 * The caller snapshot: everything the procedure decides on, read in one round trip. Reading it always returns a
 * result; each part that could not be read says so.
 *
 * One `$batch` carries the directory reads, and the roles through groups go beside it. Reports are not read here: ages,
 * risk and registration come from the tenant index, which one shared round of the feed brings up to date at the same time.
 * A second round trip is made only when the pass policy names groups that were not asked about (on the first read, and after
 * somebody edited the policy), and for callers who are in a group by PIM or could get into one.
 */
import { z } from 'zod';
import type { CallerProfile, GraphFacts } from '../casework/ports/directory.ts';
import { withAtMost } from '../casework/ports/runtime.ts';
import type { Deadline, Timing } from '../casework/ports/runtime.ts';
import type { FollowedFact, TenantIndex } from '../casework/ports/tenant-index.ts';
import type { Age, Instant, ManagerFacts, PersonId, Reading } from '../procedure/facts.ts';
import { isNotFound, mapReading, read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { directoryReader } from './caller-reads.ts';
import type { CallerReads } from './caller-reads.ts';
import type { GraphClient } from './client.ts';
import { eligibleReading, groupsOf } from './groups.ts';
import { canonicalNumbers } from './canonical.ts';
import type { TenantFeed } from './feed/feed.ts';
import type { FeedSettings } from './feed/settings.ts';
import { lookUp } from './known-facts.ts';
import type { Known, LiveValues } from './known-facts.ts';
import { factOf, methodsOf, methodsShape, passAmong, valueOf } from './methods.ts';
import { dialable, NUMBER_DIGESTS, numbersOf, telephoneNumbersOf } from './numbers.ts';
import type { KnownNumbers, Numbers } from './numbers.ts';
import type { OwnGrants } from './own-grants.ts';
import { passPolicyOf } from './pass-policy.ts';
import type { ReportRateLimit } from './report-rate-limit.ts';
import { activeRolesOf, askTransitiveRoles, eligibleRolesOf } from './roles.ts';
import { callerShape, id, personShape } from './shapes.ts';
import type { CallerEntry, MethodEntry } from './shapes.ts';
import { sharingOf } from './number-sharing.ts';
import { accountKind, accountOf, personOf } from './users.ts';

/** What the operator configured, and what is known beside Graph's answers. */
interface SnapshotOptions extends CallerReads {
  readonly index: TenantIndex;
  readonly feed: Pick<TenantFeed, 'refresh' | 'wantRegistration'>;
  readonly settings: FeedSettings;
  readonly now: () => Instant;
  readonly timing: Timing;
  /** Where a tenant counts the list of a person's methods as a report; otherwise `null`. */
  readonly methodsLimit: ReportRateLimit | null;
  readonly grants: OwnGrants;
}

/** The facts without the history, and the names and numbers that people read. */
interface Snapshot {
  readonly facts: GraphFacts;
  readonly profile: CallerProfile | null;
}

/** A snapshot waits so long for the feed to look once more, in milliseconds. What is known by then counts. */
const REFRESH_MS = 2500;

/** Reads a snapshot. With a `deadline`, what was not read by then is unread. */
type ReadSnapshot = (caller: PersonId, deadline?: Deadline) => Promise<Snapshot>;

/** A snapshot that is being read is joined only by those whose time ends about when its own does, in milliseconds. */
const JOINED_WITHIN_MS = 1000;

/** The manager may be a contact or somebody whose account is not shown in full: then the manager is known, and the account is not. */
const managerShape = z.looseObject({
  id,
  displayName: z.string().nullish(),
  businessPhones: z.array(z.string()).nullish(),
});
const managerAccountShape = personShape.extend({ accountEnabled: z.boolean() });
type Manager = z.output<typeof managerShape> | null;

/** 404 means "no manager" only if the caller was found. */
function managerOf(answer: Answer, callerFound: boolean): Reading<Manager> {
  return callerFound && isNotFound(answer) ? read(null) : readingOf(answer, managerShape);
}

function managerAgeOf(manager: Reading<Manager>, known: Known): Reading<Age | null> {
  if (manager.kind !== 'read') return manager;
  return manager.value === null ? read(null) : known.age('manager');
}

function managerAccountOf(manager: Reading<Manager>): Reading<ManagerFacts | null> {
  if (manager.kind !== 'read') return manager;
  if (manager.value === null) return read(null);
  const account = managerAccountShape.safeParse(manager.value);
  if (!account.success) return unread('missing');
  return read({ enabled: account.data.accountEnabled, kind: accountKind(account.data) });
}

/** What was read live of the facts that are followed. */
function liveValues(
  caller: Reading<CallerEntry>,
  methods: Reading<readonly MethodEntry[]>,
  manager: Reading<Manager>,
): LiveValues {
  const values = new Map<FollowedFact, string>();
  if (caller.kind === 'read') {
    values.set('office-number', canonicalNumbers(caller.value.businessPhones));
    values.set('mobile-number', canonicalNumbers([caller.value.mobilePhone ?? '']));
  }
  if (manager.kind === 'read') values.set('manager', manager.value?.id ?? '');
  for (const method of methods.kind === 'read' ? methods.value : []) {
    const value = valueOf(method);
    if (value !== null) values.set(factOf(method), value);
  }
  return values;
}

/**
 * Creates the reader.
 *
 * While a caller's snapshot is being read, further requests for it get the same one: a double click must not double the
 * work. Nothing else is cached.
 */
export function snapshotReader(graph: GraphClient, options: SnapshotOptions): ReadSnapshot {
  const { index, feed, settings, now, timing, methodsLimit, grants } = options;
  const readDirectory = directoryReader(options);

  async function numbersIn(
    entry: Reading<CallerEntry>,
    methods: Reading<readonly MethodEntry[]>,
    known: Known,
    caller: PersonId,
  ): Promise<Reading<Numbers>> {
    if (entry.kind !== 'read') return entry;
    if (methods.kind !== 'read') return methods;
    const others = await sharingOf(index, caller, telephoneNumbersOf(entry.value, methods.value));
    const inIndex: KnownNumbers = {
      digest: (number) => index.digest(NUMBER_DIGESTS, number),
      age: (fact) => known.age(fact),
      others,
    };
    return read(numbersOf(entry.value, methods.value, inIndex));
  }

  async function readOne(client: GraphClient, caller: PersonId, deadline: Deadline | undefined): Promise<Snapshot> {
    const began = now();
    const readAll = () => readDirectory(client, caller, began);
    const [directory, rolesThroughGroups] = await Promise.all([
      methodsLimit === null ? readAll() : methodsLimit.count(readAll),
      askTransitiveRoles(client, caller),
      withAtMost(REFRESH_MS, deadline, timing, (soon) => feed.refresh(soon)),
    ]);
    const { answers, policy, memberships, byPim, inside } = directory;
    const entry = readingOf(answers.caller, callerShape);
    const methods = readingOf(answers.methods, methodsShape);
    const manager = managerOf(answers.manager, entry.kind === 'read');
    const known = await lookUp(index, settings, {
      person: caller,
      values: liveValues(entry, methods, manager),
      readAt: now(),
      accountCreatedAt: entry.kind === 'read' ? entry.value.createdDateTime : null,
    });
    if (known.registrationIsOld && entry.kind === 'read') feed.wantRegistration(caller);
    const numbers = await numbersIn(entry, methods, known, caller);

    return {
      facts: {
        readAt: began,
        account: mapReading(entry, accountOf),
        methods: mapReading(methods, (list) => methodsOf(list, known.registration, index)),
        registration: known.registration,
        activeRoles: activeRolesOf(answers, rolesThroughGroups),
        eligibleRoles: eligibleReading(
          await grants.explained(eligibleRolesOf(answers.eligibleRoles), 'eligibility'),
          byPim,
        ),
        groups: groupsOf(answers, memberships, byPim, { ...options, inside }),
        passPolicy: passPolicyOf(policy, caller, memberships),
        existingPass: mapReading(methods, passAmong),
        clock: client.clock.facts(),
        risk: known.risk,
        numbers: mapReading(numbers, ({ onRecord }) => onRecord),
        manager: mapReading(manager, (found) => (found === null ? null : (found.id as PersonId))),
        managerAge: managerAgeOf(manager, known),
        managerAccount: managerAccountOf(manager),
      },
      profile:
        entry.kind === 'read'
          ? {
              person: personOf(entry.value),
              managerName: manager.kind === 'read' ? (manager.value?.displayName ?? null) : null,
              managerNumber:
                manager.kind === 'read'
                  ? dialable(manager.value?.businessPhones?.[0], entry.value.usageLocation)
                  : null,
              numbers: numbers.kind === 'read' ? numbers.value.dialable : [],
            }
          : null,
    };
  }

  const running = new Map<PersonId, { readonly run: Promise<Snapshot>; readonly left: () => number }>();
  return (caller, deadline) => {
    const client = graph.until(deadline).withOneDeadline(); // a caller is on the phone: one deadline for everything
    const left = (): number => client.left();
    const joined = running.get(caller);
    if (joined !== undefined && Math.abs(joined.left() - left()) < JOINED_WITHIN_MS) return joined.run;
    const run = readOne(client, caller, deadline).finally(() => {
      if (running.get(caller)?.run === run) running.delete(caller);
    });
    running.set(caller, { run, left });
    return run;
  };
}

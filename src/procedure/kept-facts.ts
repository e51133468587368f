/**
 * What is known about a caller after several reads. A part that could not be read this time is not lost when it was read
 * before: unread is not changed. *Issue* takes no part in this; it decides on one fresh read alone.
 */
import type { Age, CallerFacts, NumberOnRecord, Reading } from './facts.ts';

/** The facts of `now`; a part of it that is unread keeps what was read `before`. */
export function keepWhatWasRead(before: CallerFacts, now: CallerFacts): CallerFacts {
  const manager = kept(before.manager, now.manager);
  const sameManager = now.manager.kind !== 'read' || valueOf(before.manager) === now.manager.value;
  return {
    readAt: now.readAt,
    account: kept(before.account, now.account),
    methods: kept(before.methods, now.methods),
    registration: kept(before.registration, now.registration),
    activeRoles: kept(before.activeRoles, now.activeRoles),
    eligibleRoles: kept(before.eligibleRoles, now.eligibleRoles),
    groups: kept(before.groups, now.groups),
    passPolicy: kept(before.passPolicy, now.passPolicy),
    risk: kept(before.risk, now.risk),
    numbers: keptNumbers(before.numbers, now.numbers),
    manager,
    // What was known of another manager says nothing about this one.
    managerAge: sameManager ? kept(before.managerAge, now.managerAge) : now.managerAge,
    managerAccount: sameManager ? kept(before.managerAccount, now.managerAccount) : now.managerAccount,
    closeToTechnician: sameManager ? kept(before.closeToTechnician, now.closeToTechnician) : now.closeToTechnician,
    technicianNumbers: kept(before.technicianNumbers, now.technicianNumbers),
    history: kept(before.history, now.history),
  };
}

/** Whether two reads say the same. When they were made does not count, nor does a day more or less of an age without a change. */
export function saySame(a: CallerFacts, b: CallerFacts): boolean {
  return comparable(a) === comparable(b);
}

function kept<T>(before: Reading<T>, now: Reading<T>): Reading<T> {
  return now.kind === 'read' || before.kind !== 'read' ? now : before;
}

function valueOf<T>(reading: Reading<T>): T | undefined {
  return reading.kind === 'read' ? reading.value : undefined;
}

/** What is known about a number that is still the same one is kept like any other part. */
function keptNumbers(before: CallerFacts['numbers'], now: CallerFacts['numbers']): CallerFacts['numbers'] {
  if (now.kind !== 'read' || before.kind !== 'read') return kept(before, now);
  const value = now.value.map((number): NumberOnRecord => {
    const same = before.value.find(
      ({ ref, digest }) => ref === number.ref && digest !== '' && digest === number.digest,
    );
    return same === undefined
      ? number
      : { ...number, age: kept(same.age, number.age), others: kept(same.others, number.others) };
  });
  return { kind: 'read', value };
}

const DAY_MS = 24 * 3_600_000;

function comparable({ readAt: _readAt, ...facts }: CallerFacts): string {
  return JSON.stringify(facts, (_key, value: unknown) => {
    if (isQuietAge(value)) return { changed: false, days: Math.floor(value.since / DAY_MS) };
    // Facts come from the directory or from the database, which order their fields differently.
    const fields = typeof value === 'object' && value !== null && !Array.isArray(value);
    return fields ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
}

function isQuietAge(value: unknown): value is Age {
  return (
    typeof value === 'object' && value !== null && 'changed' in value && value.changed === false && 'since' in value
  );
}

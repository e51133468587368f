/**
 * Fifty open cases at Graph's limit for reports (five requests in ten seconds), with the limit enforced by the tenant.
 * Time is a number here: whoever waits moves it, and nothing sleeps.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTeams, type Teams } from '../../demo/teams/start.ts';
import type { JournalEntry } from '../../demo/tenant/journal.ts';
import type { Seed } from '../../demo/tenant/seed-schema.ts';
import { FERNHILL, startTenant, type RunningTenant } from '../../demo/tenant/start.ts';
import { startHardline, type Hardline } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { openForReading, openLedger } from '../../src/ledger/open.ts';
import type { CaseState } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { caseIn } from '../procedure/people.ts';
import { IN_FULL, rounds, rowsOf } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { environmentFor, TENANT } from './environment.ts';
import { TESS } from './helpdesk.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;
const WATCHED = 50;
/** Seconds between two looks, as configured by default. */
const EVERY = 5;
const MINUTES = rounds({ quick: 5, full: 8 });
const callerId = (n: number): PersonId => `a1000000-0000-4000-8000-${String(n).padStart(12, '0')}` as PersonId;
const upn = (n: number): string => `caller${n}@fernhill.example`;

/** The company, with so many more people like Lena. */
function seedWith(callers: number): Record<string, unknown> {
  const seed = JSON.parse(readFileSync(FERNHILL, 'utf8')) as Seed;
  const lena = seed.people.find(({ displayName }) => displayName === 'Lena Hartmann');
  assert.ok(lena);
  const more = Array.from({ length: callers }, (_, n) => ({
    ...{ ...lena, id: callerId(n), userPrincipalName: upn(n), mail: upn(n) },
    ...{ displayName: `Caller ${n}`, employeeId: `C${n}` },
  }));
  return { ...seed, people: [...seed.people, ...more] };
}

/** Every second caller is at Microsoft's page, the others hold a pass and are about to register a method. */
function stateOf(n: number): CaseState {
  const since = START as Instant;
  if (n % 2 === 0) {
    return {
      kind: 'awaiting-self-service',
      since,
      progress: { step: 'link-sent', reason: null, at: since },
      pass: null,
    };
  }
  const pass = { passId: `p${n}`, usableFrom: since, usableUntil: (START + 60 * MINUTE) as Instant, oneTime: false };
  return { kind: 'awaiting-backup-method', pass, issuedOn: null, since, methodsBefore: [], newMethods: [] };
}

interface Floor {
  readonly tenant: RunningTenant;
  readonly bot: Hardline;
  readonly teams: Teams;
  readonly clock: { now: number };
  readonly file: string;
  close(): Promise<void>;
}

async function openFloor(environment: Readonly<Record<string, string>> = {}): Promise<Floor> {
  const clock = { now: START };
  const now = (): Instant => clock.now as Instant;
  const { dir: folder, clean } = scratchFolder('limits');
  const file = join(folder, 'hardline.sqlite');
  let ids = 0;
  const ledger = await openLedger({ file, now, newId: () => `prepared-${(ids += 1)}` });
  for (let n = 0; n < WATCHED; n += 1) {
    const state = stateOf(n);
    const { id: _unused, ...draft } = { ...caseIn(state), caller: callerId(n), openedAt: now(), movedAt: now() };
    const opened = {
      code: 'case.opened' as const,
      actor: TESS.id as PersonId,
      about: callerId(n),
      intentId: null,
      detail: {},
    };
    await ledger.openCase(draft, (caseId) => [{ ...opened, caseId }], now());
  }
  await ledger.close();

  const tenant = await startTenant({ port: 0, seed: seedWith(WATCHED + 30), now });
  const bot = await startHardline(
    readConfig({ ...environmentFor(tenant.origin, folder), HARDLINE_LOG_LEVEL: 'silent', ...environment }),
    {
      now,
      wait: async (milliseconds) => void (clock.now += milliseconds),
      onCheckpoint: () => undefined,
      withoutTimers: true,
    },
  );
  const teams = await startTeams({
    port: 0,
    tenantId: TENANT,
    members: [TESS],
    botOrigin: () => bot.origin,
    tenantOrigin: () => tenant.origin,
    now,
  });
  await teams.installForAll();
  return {
    ...{ tenant, bot, teams, clock, file },
    close: async () => {
      await bot.close();
      await teams.close();
      await tenant.close();
      clean();
    },
  };
}

const isReport = ({ path, inBatch }: JournalEntry): boolean =>
  /^\/v1\.0\/(auditLogs|reports)\//.test(path) || (!inBatch && path.endsWith('/authentication/methods'));

/** Which watched callers a request of the watch asked about: when their password was set, or what they registered. */
function askedAbout({ path, query, inBatch }: JournalEntry): readonly number[] {
  const ofWatch =
    query.includes('lastPasswordChangeDateTime') || (!inBatch && path.endsWith('/authentication/methods'));
  if (!ofWatch) return [];
  return [...path.matchAll(/a1000000-0000-4000-8000-(\d{12})/g)].map((match) => Number(match[1]));
}

describe('Fifty open cases at the limit of Graph', () => {
  let floor: Floor;
  afterEach(() => floor.close());

  /** `calls`: seconds between two new callers. `atMost`: seconds between two looks at the same case. */
  const loads = [
    { calls: null, shared: false, atMost: 150 },
    { calls: 60, shared: false, atMost: 210 },
    { calls: 20, shared: false, atMost: 300 },
    { calls: 20, shared: true, atMost: 300 },
  ];
  for (const { calls, shared, atMost } of rowsOf(loads, (load) => load.calls === 20 && load.shared)) {
    const when = calls === null ? 'while nobody calls' : `while somebody calls every ${calls} s and never waits for it`;
    const lists = shared ? ', should lists of methods count as reports' : '';
    it(`are each looked at every ${atMost} s at the latest ${when}${lists}`, async () => {
      floor = await openFloor({ HARDLINE_METHODS_ARE_REPORTS: shared ? 'yes' : 'no' });
      const { tenant, bot, teams, clock } = floor;
      tenant.control.settings({ throttling: true, methodsShareReportLimit: shared });
      const looks = new Map<number, number[]>();
      let opened = 0;
      let seen = 0;
      for (; clock.now < START + MINUTES * MINUTE; clock.now += EVERY * 1000) {
        await bot.tick();
        if (calls !== null && clock.now >= START + opened * calls * 1000) {
          await teams.delivery.say(TESS, `${upn(WATCHED + opened)} is locked out`);
          opened += 1;
        }
        await bot.whenIdle();
        for (const entry of tenant.control.journal().slice(seen)) {
          for (const n of askedAbout(entry)) looks.set(n, [...(looks.get(n) ?? []), entry.at]);
        }
        seen = tenant.control.journal().length;
      }

      const journal = tenant.control.journal();
      assert.deepEqual(
        journal.filter(({ status }) => status === 429).map(({ path }) => path),
        [],
        'no call was answered 429',
      );
      assert.equal(looks.size, WATCHED, 'every case was looked at');
      const until = [...looks.values()].map((times) => [START, ...times, clock.now]);
      const gaps = until.flatMap((times) => times.slice(1).map((at, n) => at - (times[n] ?? 0)));
      const longest = Math.round(Math.max(...gaps) / 1000);
      assert.ok(longest <= atMost, `the longest time between two looks is ${longest} s`);

      const reading = openForReading(floor.file);
      const cases = (await reading.openCases()).filter((stored) => stored.case.id > WATCHED);
      await reading.close();
      assert.equal(cases.length, opened, 'every call got its case');
      for (const { case: lockout } of cases) {
        const { numbers, registration, methods } = lockout.facts;
        assert.ok(
          registration.kind === 'read' && methods.kind === 'read',
          `case ${lockout.id} has a complete snapshot`,
        );
        assert.ok(numbers.kind === 'read' && numbers.value.length > 0);
        assert.ok(
          numbers.value.every(({ age }) => age.kind === 'read'),
          `the numbers of case ${lockout.id} have an age`,
        );
      }
      const explained = journal.filter(({ path }) => path.endsWith('/signIns'));
      assert.equal(explained.length, opened, 'every new case got its sign-ins');
      if (IN_FULL)
        print(journal.filter(isReport), `${opened} calls in ${MINUTES} minutes; longest without a look: ${longest} s`);
    }).timeout(60_000);
  }

  it('move on when something changes: a reset and a new method are seen within one round', async () => {
    floor = await openFloor();
    const { tenant, bot, clock } = floor;
    tenant.control.settings({ throttling: true });
    tenant.control.selfService({ user: callerId(48), outcome: 'success' });
    for (; clock.now < START + 3 * MINUTE; clock.now += EVERY * 1000) {
      await bot.tick();
      await bot.whenIdle();
    }
    const codes = (await bot.ledgerEntries(500)).map(({ code, caseId }) => `${code} ${caseId}`);
    assert.ok(codes.includes('case.self-service-progressed 49'), 'the reset of the 49th was seen');
    for (let n = 1; n < WATCHED; n += 2) {
      assert.ok(codes.includes(`case.methods-seen ${n + 1}`), `the methods of case ${n + 1} were seen`);
    }
  }).timeout(60_000);
});

/** What went when: requests of the first forty seconds, in the order they went. */
function print(reports: readonly JournalEntry[], sum: string): void {
  const kind = (entry: JournalEntry): string => {
    const watched = askedAbout(entry).length;
    if (entry.path.endsWith('/methods')) return 'watch: methods of one';
    if (watched > 0) return `watch: resets of ${watched}`;
    if (entry.path.endsWith('/signIns')) return 'card: sign-ins';
    return entry.path.endsWith('/directoryAudits') ? 'feed: audit log' : 'feed: registration report';
  };
  const lines = reports
    .filter(({ at }) => at - START < 40_000)
    .map((entry) => `      ${((entry.at - START) / 1000).toFixed(1).padStart(6)} s  ${kind(entry)}`);
  console.log(['', ...lines, `      ... ${sum}`].join('\n'));
}

/**
 * The caller snapshot of every seeded person: the emulated tenant over HTTP, the real Graph client, the real procedure, the
 * real cards. The clock does not move, so a card changes only when the seed, the code or the wording does.
 */
import { caseView } from '../../src/casework/outbox/case-view.ts';
import type { Cards } from '../../src/casework/ports/cards.ts';
import { connectDirectory, type ConnectedDirectory } from '../../src/graph/directory.ts';
import { openIndexInMemory } from '../contracts/index-in-memory.ts';
import { QUICK } from '../contracts/fernhill.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import { diagnose, TELLING_MS } from '../../src/procedure/diagnosis.ts';
import type { CallerFacts, GroupId, Instant, PersonId } from '../../src/procedure/facts.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { FERNHILL, startTenant } from '../../demo/tenant/start.ts';
import type { Drawn } from './every-card.ts';
import { NOW, TECHNICIAN } from './example-views.ts';

/** The technician's own account, and every caller of the company. */
const PEOPLE = ['01', ...Array.from({ length: 27 }, (_, index) => String(index + 10))];
const group = (number: number): GroupId => `b0000000-0000-4000-8000-00000000000${number}` as GroupId;
const person = (number: string): PersonId => `a0000000-0000-4000-8000-0000000000${number}` as PersonId;
const now = (): Instant => NOW;

/** Reads everybody and draws the first card of a case about each, with the slow parts there already. */
export async function everyPerson(cards: Cards): Promise<readonly Drawn[]> {
  let ids = 0;
  const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const tenant = await startTenant({ port: 0, seed: FERNHILL, now, newId, random: () => 0 });
  tenant.control.settings({ throttling: false }); // the clock does not move, so no limit would ever end
  const directory = connectDirectory({
    tenant: { kind: 'emulated', origin: tenant.origin },
    protectedGroups: [group(6), group(9)],
    vipGroup: group(5),
    helpdeskGroups: [group(1), group(2), group(3), group(4)],
    reportLimit: 10_000,
    index: openIndexInMemory(QUICK.delays),
    feed: QUICK,
    now,
    newId,
  });
  await directory.feed.firstRounds();
  try {
    const drawn: Drawn[] = [];
    for (const number of PEOPLE) drawn.push(await snapshotOf(cards, directory, number));
    return drawn;
  } finally {
    await directory.close();
    await tenant.close();
  }
}

async function snapshotOf(cards: Cards, directory: ConnectedDirectory, number: string): Promise<Drawn> {
  const caller = person(number);
  const since = (NOW - TELLING_MS) as Instant;
  const [{ facts: read, profile }, signIns, license, above, technicianNumbers] = await Promise.all([
    directory.readSnapshot(caller),
    directory.readSignIns(caller, since),
    directory.readLicense(caller),
    directory.managerOf(TECHNICIAN),
    directory.numbersOf(TECHNICIAN),
  ]);
  const facts: CallerFacts = {
    ...read,
    history: { kind: 'read', value: { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] } },
    closeToTechnician: { kind: 'read', value: above.kind === 'read' && above.value === caller },
    technicianNumbers,
  };
  const { draft } = openCase(caller, { kind: 'snapshot-read', by: TECHNICIAN, facts }, DEFAULT_POLICY, NOW);
  const view = caseView(
    { case: { ...draft, id: Number(number) as CaseId }, version: 1 },
    {
      profile,
      technicianName: 'Tess Lindqvist',
      notices: [],
      policy: DEFAULT_POLICY,
      selfServiceUrl: 'https://aka.ms/sspr',
      timeZone: 'UTC',
      now: NOW,
      slowFacts: {
        diagnosis: signIns.kind === 'read' ? { kind: 'read', value: diagnose(signIns.value, facts, NOW) } : signIns,
        license,
      },
    },
  );
  const { card, summary } = cards.caseCard(view);
  const name = `${number}.${profile?.person.userPrincipalName.split('@')[0]?.replace(/[^a-z.]/gi, '_') ?? 'unread'}`;
  return { name, template: draft.state.kind, card, summary };
}

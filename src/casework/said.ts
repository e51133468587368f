/**
 * Somebody wrote a message: what was meant, may they, and what comes back.
 * The one rule kept here: a request for a manual reset is refused before anything else is looked at, and written down.
 */
import type { CaseListView } from '../cards/view.ts';
import { recognise } from '../intents/recognise.ts';
import type { CaseId } from '../procedure/case.ts';
import type { PersonId } from '../procedure/facts.ts';
import { step } from '../procedure/lockout.ts';
import { kindsForSelfService } from '../procedure/methods.ts';
import { refusalEntry, requestRefusedEntry } from './entries.ts';
import { Fault } from './fault.ts';
import { doorFor, type House } from './house.ts';
import { setMode, showMode } from './mode-desk.ts';
import { openCaseAbout } from './open-case.ts';
import type { Letter, Person, StoredCase } from './ports.ts';
import type { Reply, SaidTurn } from './turn.ts';
import { mayDo, type Role } from './who-may.ts';

/** More matches than these are cut off; the card says so. */
const PEOPLE_AT_MOST = 5;
const CASES_AT_MOST = 10;
const ENTRIES_AT_MOST = 15;

const alone = (letter: Letter): readonly Reply[] => [{ letter, cardOf: null }];

/** People looked for before it was known that the writer may look. */
export interface Ahead {
  readonly people: Promise<readonly Person[]>;
}

/**
 * Begins to look for the caller while the writer's roles are read: a round trip less for somebody with a caller on the
 * phone. Only for whoever was a technician when they last wrote; what is found is used by nobody before the roles of
 * now are known, and dropped when they do not suffice.
 */
export async function lookAhead(house: House, turn: SaidTurn): Promise<Ahead | null> {
  const intent = recognise(turn.text);
  if (intent.kind !== 'open-case' || intent.who === null) return null;
  const technicians = await house.ledger.peopleAs('technician');
  if (!technicians.includes(turn.person)) return null;
  const people = house.directory.findPeople(intent.who, PEOPLE_AT_MOST + 1);
  people.catch(() => undefined); // told to whoever waits for it
  return { people };
}

/** Answers a message. Throws Fault when the directory or the ledger fails in a way that has no place in the procedure. */
export async function said(
  house: House,
  turn: SaidTurn,
  roles: ReadonlySet<Role>,
  ahead: Ahead | null,
): Promise<readonly Reply[]> {
  const intent = recognise(turn.text);
  if (roles.size === 0) return alone(await house.answerOutsider(house, turn.person));
  // Who may change what all of us do is asked afresh; an old answer is good enough for everything else here.
  const now = intent.kind === 'set-mode' ? await house.whoMay(turn.person, { fresh: true }) : roles;
  if (!mayDo(now, intent.kind)) {
    await house.ledger.record(
      [requestRefusedEntry(turn.person, null, intent.kind, doorFor(intent.kind))],
      house.around.now(),
    );
    return alone(house.cards.refusal({ refusal: { code: doorFor(intent.kind) }, at: null }));
  }
  switch (intent.kind) {
    case 'manual-reset':
      return alone(await refuseManualReset(house, turn, intent.who));
    case 'open-case':
      return intent.who === null
        ? alone(house.cards.refusal({ refusal: { code: 'nobody-named' }, at: null }))
        : openAbout(house, turn.person, intent.who, ahead);
    case 'send-link':
      return alone(await sendLink(house, turn.person, intent.who));
    case 'list-cases':
      return alone(house.cards.cases(await casesOf(house, turn.person)));
    case 'show-case':
      return showCase(house, turn.person, roles, intent.id);
    case 'show-log':
      return alone(await showLog(house, turn.person, roles, intent.id));
    case 'help':
    case 'greeting':
      return alone(house.cards.help([...roles]));
    case 'explain-error':
      return alone(house.cards.portalError({ error: intent.error, query: intent.who }));
    case 'set-mode':
      return alone(await setMode(house, turn.person, intent.mode, intent.reason));
    case 'show-mode':
      return alone(await showMode(house, roles.has('lead')));
    case 'unknown':
      return alone(house.cards.refusal({ refusal: { code: 'not-understood' }, at: null }));
  }
}

/** Never, in no state. The caller is looked up only to count the contact; the answer does not depend on it. */
async function refuseManualReset(house: House, turn: SaidTurn, who: string | null): Promise<Letter> {
  const about = who === null ? null : await onlyMatch(house, who);
  const open = (await house.ledger.openCases()).filter((stored) => stored.case.technician === turn.person);
  const at = open.find((stored) => about === null || stored.case.caller === about) ?? null;
  const now = house.around.now();
  if (at === null) {
    await house.ledger.record([requestRefusedEntry(turn.person, about, 'manual-reset', 'manual-reset-never')], now);
  } else {
    const event = { kind: 'manual-reset-asked', by: turn.person } as const;
    const answer = step(at.case, event, house.policy(), now);
    if (answer.kind !== 'refused') throw new Error('the procedure did not refuse a manual reset');
    await house.ledger.record([refusalEntry(at.case, event, answer.refusal, turn.person)], now);
  }
  return house.cards.refused({ query: who ?? '', at });
}

/** The one person these words name; `null` when none or several do, or when the directory does not answer: the refusal stands anyway. */
async function onlyMatch(house: House, who: string): Promise<PersonId | null> {
  try {
    const people = await house.directory.findPeople(who, 2);
    return people.length === 1 ? (people[0]?.id ?? null) : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** From words to a case: one match opens it, several are offered, none is said so. */
export async function openAbout(
  house: House,
  technician: PersonId,
  who: string,
  ahead: Ahead | null = null,
): Promise<readonly Reply[]> {
  const people = await (ahead?.people ?? house.directory.findPeople(who, PEOPLE_AT_MOST + 1));
  const [first] = people;
  if (first === undefined) return alone(house.cards.callerNotFound(who));
  if (people.length > 1) {
    const more = people.length > PEOPLE_AT_MOST;
    return alone(house.cards.pickCaller({ query: who, people: people.slice(0, PEOPLE_AT_MOST), more }));
  }
  return openFor(house, technician, first.id);
}

/** Opens the case, or shows the one that is open already. */
export async function openFor(house: House, technician: PersonId, caller: Person['id']): Promise<readonly Reply[]> {
  // The technician's name stands on the card; it is read beside the picture, not after it.
  const [opened] = await Promise.all([
    openCaseAbout(house.opening, technician, caller),
    house.dossiers.nameOf(technician),
  ]);
  const { stored } = opened;
  if (opened.kind === 'already-open' && stored.case.technician !== technician) {
    const now = house.around.now();
    await house.ledger.record([requestRefusedEntry(technician, caller, 'open-case', 'not-your-case')], now);
    return alone(house.cards.refusal({ refusal: { code: 'already-open-elsewhere' }, at: null }));
  }
  return [{ letter: await house.letters.caseCard(stored), cardOf: stored.case.id }];
}

async function sendLink(house: House, technician: PersonId, who: string | null): Promise<Letter> {
  if (who === null) return house.cards.refusal({ refusal: { code: 'nobody-named' }, at: null });
  const [first, ...others] = await house.directory.findPeople(who, 2);
  if (first === undefined) return house.cards.callerNotFound(who);
  if (others.length > 0) return house.cards.refusal({ refusal: { code: 'several-match' }, at: null });
  const caller = first.id;
  const intentId = house.around.newId();
  const entry = (phase: string, detail: { readonly outcome?: string }) =>
    ({ code: `link.push.${phase}`, actor: technician, about: caller, caseId: null, intentId, detail }) as const;
  await house.ledger.record([entry('intent', {})], house.around.now());
  const methods = await house.directory.readMethods(caller);
  const letter = house.cards.selfServiceLink(null, methods.kind === 'read' ? kindsForSelfService(methods.value) : []);
  const delivery = await house.post.send(caller, letter);
  const outcome = delivery.kind === 'delivered' ? 'delivered' : `not delivered: ${delivery.why}`;
  await house.ledger.record([entry('outcome', { outcome })], house.around.now());
  return house.cards.told({ code: delivery.kind === 'delivered' ? 'link-pushed' : 'link-to-read-out', at: null });
}

async function casesOf(house: House, technician: PersonId): Promise<CaseListView> {
  const cases = await house.ledger.casesOf(technician, CASES_AT_MOST);
  return {
    cases: cases.map((stored) => ({ stored, callerName: house.dossiers.rememberedName(stored.case.caller) })),
    now: house.around.now(),
    timeZone: house.timeZone,
  };
}

/** A technician sees their own cases; an approver, auditor or lead sees any. Others are told it does not exist. */
export function maySee(person: PersonId, roles: ReadonlySet<Role>, stored: StoredCase): boolean {
  return stored.case.technician === person || roles.has('approver') || roles.has('auditor') || roles.has('lead');
}

async function showCase(
  house: House,
  person: PersonId,
  roles: ReadonlySet<Role>,
  id: CaseId,
): Promise<readonly Reply[]> {
  const stored = await house.ledger.load(id);
  if (stored === null || !maySee(person, roles, stored)) {
    return alone(house.cards.refusal({ refusal: { code: 'no-such-case' }, at: null }));
  }
  const letter = await house.letters.caseCard(stored);
  return [{ letter, cardOf: stored.case.technician === person ? id : null }];
}

async function showLog(
  house: House,
  person: PersonId,
  roles: ReadonlySet<Role>,
  caseId: CaseId | null,
): Promise<Letter> {
  const seesAll = roles.has('approver') || roles.has('auditor') || roles.has('lead');
  const stored = caseId === null ? null : await house.ledger.load(caseId);
  const allowed = caseId === null ? seesAll : stored !== null && maySee(person, roles, stored);
  if (!allowed) {
    const code = caseId === null ? 'not-an-auditor' : 'no-such-case';
    return house.cards.refusal({ refusal: { code }, at: null });
  }
  const entries = await house.ledger.entries({ caseId, limit: ENTRIES_AT_MOST });
  await house.ledger.record(
    [{ code: 'log.read', actor: person, about: null, caseId, intentId: null, detail: { entries: entries.length } }],
    house.around.now(),
  );
  const nameOf = (actor: string) => house.dossiers.rememberedName(actor as PersonId);
  return house.cards.log({ entries, nameOf, now: house.around.now(), timeZone: house.timeZone });
}

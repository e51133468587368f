/**
 * Alarms and requests that reached nobody are sent again, with growing pauses, until somebody was reached. Which they are is in the
 * ledger, where every try has its intent and its outcome, so a restart forgets none.
 */
import type { Effect } from '../../procedure/effects.ts';
import type { Instant } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { ALARMED, ASKED, whatCameOf } from '../outbox/reach.ts';
import { DAY_MS, isDueAgain, triesIn } from '../outbox/tries.ts';
import type { NoticeCode } from '../ports/card-views.ts';
import { Fault } from '../ports/fault.ts';
import { effectCode } from '../ports/ledger-codes.ts';
import type { LedgerEntry, RecordedEntry, StoredCase } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import { intentEntry, outcomeEntry } from '../steps/entries.ts';
import { alarmLeads, askApprovers, type OutreachParts } from '../steps/outreach.ts';

/** What it needs. */
export interface ReachAgainParts extends OutreachParts {
  readonly runtime: Runtime;
}

type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];
const ALARMS: Readonly<Record<Alarm, true>> = {
  'someone-else-answered': true,
  'manager-declined': true,
  'caller-objected': true,
  'helpdesk-account': true,
  'foreign-pass': true,
  'methods-left-behind': true,
};
const isAlarm = (text: unknown): text is Alarm => typeof text === 'string' && Object.hasOwn(ALARMS, text);

/** A message that has to be sent again, with its tries so far. */
interface Again {
  readonly stored: StoredCase;
  readonly effect: Extract<Effect, { kind: 'ask-approvers' | 'alarm-leads' }>;
  readonly tries: number;
  readonly raisedAt: number;
}

/** Sends what is due again, one after the other. One that fails must not keep the others waiting. */
export async function reachAgain(parts: ReachAgainParts): Promise<void> {
  for (const again of [...(await requestsDue(parts)), ...(await alarmsDue(parts))]) {
    try {
      await tryAgain(parts, again);
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'bug';
      const name = error instanceof Error ? error.name : 'unknown';
      parts.log.error({ case: again.stored.case.id, code, error: name }, 'a message was not sent again');
    }
  }
}

/** Requests that wait for a second person. They are over when the case has moved on. */
async function requestsDue(parts: ReachAgainParts): Promise<readonly Again[]> {
  const due: Again[] = [];
  for (const { stored, ...earlier } of await inVain(parts, ASKED)) {
    if (!isAt(stored.case, 'awaiting-approval')) continue;
    const { subject, reasons, needs } = stored.case.state;
    due.push({ stored, effect: { kind: 'ask-approvers', subject, reasons, needs }, ...earlier });
  }
  return due;
}

async function alarmsDue(parts: ReachAgainParts): Promise<readonly Again[]> {
  return (await inVain(parts, ALARMED)).flatMap(({ intent, ...earlier }) => {
    const { alarm } = intent.detail;
    return isAlarm(alarm) ? [{ effect: { kind: 'alarm-leads', alarm } as const, ...earlier }] : [];
  });
}

/** A message of the last day that reached nobody, and is due to be sent again. */
interface InVain extends Omit<Again, 'effect'> {
  readonly intent: RecordedEntry;
}

/**
 * The newest such message of each case, and of each alarm in it: two alarms of one case are two. Cases are loaded only where there
 * is one, because this runs every few seconds.
 */
async function inVain(
  { ledger, runtime }: ReachAgainParts,
  codes: readonly [intent: string, outcome: string],
): Promise<readonly InVain[]> {
  const now = runtime.now();
  const lately = await ledger.entriesSince(codes, (now - DAY_MS) as Instant);
  const [intentCode, outcomeCode] = codes;
  const outcomes = new Map(lately.filter(({ code }) => code === outcomeCode).map((entry) => [entry.intentId, entry]));
  const messageOf = ({ caseId, detail }: RecordedEntry): string => `${String(caseId)} ${String(detail['alarm'])}`;
  const intents = lately.filter(({ code }) => code === intentCode);
  const newest = new Map(intents.map((intent) => [messageOf(intent), intent]));
  const found: InVain[] = [];
  for (const intent of newest.values()) {
    const { caseId: id, intentId } = intent;
    const entry = outcomes.get(intentId);
    if (id === null || entry === undefined) continue; // it is being sent
    const came = whatCameOf(entry);
    if (came.kind === 'sent' && came.reached > 0) continue;
    const { tries, raisedAt } = triesIn(intent);
    if (!isDueAgain(tries, entry.at, raisedAt, now)) continue;
    const stored = await ledger.load(id);
    if (stored !== null) found.push({ stored, intent, tries, raisedAt });
  }
  return found;
}

async function tryAgain(parts: ReachAgainParts, { stored, effect, tries, raisedAt }: Again): Promise<void> {
  const { ledger, runtime } = parts;
  const intended = { effect, intentId: runtime.newId() };
  const intent = intentEntry(stored.case, intended);
  const counted: LedgerEntry = { ...intent, detail: { ...intent.detail, tries: tries + 1, raisedAt } };
  await ledger.record([counted], runtime.now());
  const outcome =
    effect.kind === 'ask-approvers'
      ? await askApprovers(parts, stored, 'those-without-a-card')
      : await alarmLeads(parts, stored, effect.alarm, await notDone(parts, stored));
  await ledger.record([outcomeEntry(stored.case, intended, outcome)], runtime.now());
  void parts.outbox.refreshCard(stored.case.id);
}

/** What the bot could not do about it, so that the leads can. */
async function notDone({ ledger }: ReachAgainParts, { case: { id } }: StoredCase): Promise<readonly NoticeCode[]> {
  const ended = await ledger.newestOf([effectCode('end-sessions', 'outcome')], id);
  return ended === null || ended.detail['outcome'] === 'ended' ? [] : ['sessions-not-ended'];
}

/**
 * Tells the leads that the mode was changed, and keeps trying for a day when nobody was reached. A lockdown of which no other lead
 * knows can be lifted by nobody and explained to nobody. Each try has its intent and its outcome in the ledger, so a restart
 * forgets none, and the card of the mode says what came of it.
 */
import type { ModeStatus } from '../background/modes.ts';
import { whatCameOf } from '../outbox/reach.ts';
import { deliveryOutcome, reachedOutcome, unreadOutcome } from '../outbox/role-members.ts';
import { isDueAgain, triesIn } from '../outbox/tries.ts';
import type { DrawMessage } from '../ports/cards.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { MODE_NOTICE } from '../ports/ledger-codes.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { ModeNotice } from '../ports/message-views.ts';
import type { Services } from '../services.ts';
import { othersIn, toEach } from './outreach.ts';

type Parts = Pick<Services, 'modes' | 'ledger' | 'outbox' | 'membersOf' | 'runtime' | 'log'>;

/** What the ledger has when whoever changed the mode is the only lead. */
const NO_OTHER_LEAD = 'no other lead';

/** One try: the first one when nothing is given. */
interface Try {
  readonly tries?: number;
  readonly raisedAt?: number;
}

/**
 * Tells every lead but the one who changed the mode. `draw`: the card of this mode. Whoever changed it is told when the first try
 * reached nobody; later tries are for the other leads.
 */
export async function tellLeads(
  parts: Parts,
  status: ModeStatus,
  draw: (notice: ModeNotice | null) => DrawMessage,
  { tries = 1, raisedAt = parts.runtime.now() }: Try = {},
): Promise<void> {
  const { by, mode, since } = status;
  const bot = { actor: 'hardline', intentId: parts.runtime.newId() } as const;
  const record = (one: LedgerEntry): Promise<void> => parts.ledger.record([one], parts.runtime.now());
  await record(entryOf(MODE_NOTICE[0], bot, { since, mode, tries, raisedAt }));
  const outcome = await send(parts, status, draw(null));
  const notice = noticeIn(outcome);
  const ended = entryOf(MODE_NOTICE[1], bot, { since, outcome });
  if (notice.kind !== 'not-reached' || tries > 1 || by === null || by === 'hardline') return record(ended);
  const reader = { ...bot, about: by, intentId: parts.runtime.newId() };
  await parts.ledger.record([ended, entryOf('mode.unreached.intent', reader, { since })], parts.runtime.now());
  const delivery = await parts.outbox.send(by, draw(notice));
  await record(entryOf('mode.unreached.outcome', reader, { since, outcome: deliveryOutcome(delivery) }));
}

/** Tells the leads of the mode as it is now again, when the last try reached nobody and its pause is over. */
export async function tellLeadsAgain(
  parts: Parts,
  draw: (status: ModeStatus) => (notice: ModeNotice | null) => DrawMessage,
): Promise<void> {
  const [intent] = await parts.ledger.entries({ caseId: null, limit: 1, codes: [MODE_NOTICE[0]] });
  const last = await parts.ledger.newestOf(MODE_NOTICE);
  const status = parts.modes.current();
  // A mode that was changed again has a notice of its own.
  if (intent === undefined || last === null || intent.detail['since'] !== status.since) return;
  if (last.code === MODE_NOTICE[0] || noticeIn(String(last.detail['outcome'])).kind !== 'not-reached') return;
  const { tries, raisedAt } = triesIn(intent);
  if (!isDueAgain(tries, last.at, raisedAt, parts.runtime.now())) return;
  await tellLeads(parts, status, draw(status), { tries: tries + 1, raisedAt });
}

/** What came of telling the leads of this mode; `null` when nobody was told of it, as in a ledger of an older version. */
export async function modeNotice(ledger: Pick<Ledger, 'newestOf'>, { since }: ModeStatus): Promise<ModeNotice | null> {
  const last = await ledger.newestOf(MODE_NOTICE);
  if (last === null || last.detail['since'] !== since) return null;
  return last.code === MODE_NOTICE[0] ? { kind: 'sending' } : noticeIn(String(last.detail['outcome']));
}

async function send({ outbox, log, ...parts }: Parts, { mode, by }: ModeStatus, draw: DrawMessage): Promise<string> {
  const isPerson = by !== null && by !== 'hardline';
  const leads = await othersIn(parts, ['lead'], new Set(isPerson ? [by] : []));
  if (leads.kind !== 'read') {
    log.error({ mode, why: leads.why }, 'a change of the mode reached no lead, because the group could not be read');
    return unreadOutcome(leads.why);
  }
  const { people, listed } = leads.value;
  if (isPerson && people.length === 0 && listed === 'all') return NO_OTHER_LEAD;
  const reached = await toEach(outbox, people, draw);
  if (reached === 0) log.error({ mode, reached, of: people.length }, 'a change of the mode reached no lead');
  return reachedOutcome(reached, people.length, listed);
}

function noticeIn(outcome: string): ModeNotice {
  if (outcome === NO_OTHER_LEAD) return { kind: 'no-other-lead' };
  const came = whatCameOf({ code: MODE_NOTICE[1], detail: { outcome } });
  switch (came.kind) {
    case 'sent': {
      const { reached, of, listed } = came;
      return reached > 0 ? { kind: 'reached', reached, of, listed } : { kind: 'not-reached', why: 'nobody' };
    }
    case 'group-unread':
      return { kind: 'not-reached', why: 'unread' };
    default:
      return { kind: 'not-reached', why: 'not-known' };
  }
}

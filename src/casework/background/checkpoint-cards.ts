/**
 * Tells the leads about checkpoints of the ledger: one a day, so that people hold what proves the log, and at once when a place that
 * keeps them has trouble. What was sent is in the ledger, so a restart, or a second process, does not send it again.
 */
import { whatCameOf } from '../outbox/reach.ts';
import { reachedOutcome, unreadOutcome } from '../outbox/role-members.ts';
import type { CheckpointCard, CheckpointWatch } from '../ports/checkpoints.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { CHECKPOINT_CARD } from '../ports/ledger-codes.ts';
import type { RecordedEntry } from '../ports/ledger.ts';
import type { Instant } from '../../procedure/facts.ts';
import type { Services } from '../services.ts';
import { othersIn, toEach } from '../steps/outreach.ts';

type Parts = Pick<Services, 'ledger' | 'outbox' | 'membersOf' | 'runtime' | 'log'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Sends what is due. `daily`: whether the leads get a checkpoint a day. Throws Fault when the ledger cannot be read or written. */
export async function tellOfCheckpoints(parts: Parts, watch: CheckpointWatch, daily: boolean): Promise<void> {
  const troubles = watch.trouble();
  if (!daily && troubles.length === 0) return;
  const now = parts.runtime.now();
  const sent = await parts.ledger.entriesSince(CHECKPOINT_CARD, (now - DAY_MS) as Instant);
  for (const { place, kind } of troubles) {
    if (isDue(sent, `${kind} ${place}`, now)) await tell(parts, `${kind} ${place}`, () => ({ kind, place }));
  }
  if (daily && isDue(sent, 'daily', now)) {
    const lines = await watch.lines();
    await tell(parts, 'daily', () => ({ kind: 'daily', lines }));
  }
}

/** Once a day; every hour as long as nobody was reached. */
function isDue(sent: readonly RecordedEntry[], what: string, now: Instant): boolean {
  const last = sent.findLast(({ detail }) => detail['what'] === what);
  if (last === undefined) return true;
  const came = whatCameOf(last);
  if (came.kind === 'sent' && came.reached > 0) return false;
  return now - last.at >= HOUR_MS;
}

async function tell(parts: Parts, what: string, card: () => CheckpointCard): Promise<void> {
  const { ledger, runtime } = parts;
  const bot = { actor: 'hardline', intentId: runtime.newId() } as const;
  await ledger.record([entryOf(CHECKPOINT_CARD[0], bot, { what })], runtime.now());
  const outcome = await send(parts, card());
  await ledger.record([entryOf(CHECKPOINT_CARD[1], bot, { what, outcome })], runtime.now());
}

async function send({ outbox, log, ...parts }: Parts, view: CheckpointCard): Promise<string> {
  const leads = await othersIn(parts, ['lead'], new Set());
  if (leads.kind !== 'read') {
    log.warn({ what: view.kind, why: leads.why }, 'a card about checkpoints reached no lead');
    return unreadOutcome(leads.why);
  }
  const { people, listed } = leads.value;
  const reached = await toEach(outbox, people, (cards) => cards.checkpoint(view));
  if (reached === 0) log.warn({ what: view.kind, of: people.length }, 'a card about checkpoints reached no lead');
  return reachedOutcome(reached, people.length, listed);
}

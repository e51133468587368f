/**
 * Sends somebody the link to the self-service page, without a case. Their methods are read to say which of them work there, so that
 * the search, the read and the message are written down first.
 */
import type { PersonId } from '../../procedure/facts.ts';
import { kindsForSelfService } from '../../procedure/methods.ts';
import { isUnwritable } from '../ports/fault.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { TurnServices } from '../services.ts';
import type { Arrived } from './arrivals.ts';
import { certainOf, refuseSearch, searchEntry, startSearch } from './search.ts';
import { note } from './traces.ts';

/**
 * Sends the link to the one person who matches. `null`: the message arrived before. While the ledger cannot be written nothing is
 * sent, and the technician gets the link to read out. Throws Fault when something else outside fails.
 */
export async function sendLink(...asked: Parameters<typeof send>): Promise<CardMessage | null> {
  try {
    return await send(...asked);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    const [{ ledgerWatch, cards }] = asked;
    ledgerWatch.unrecorded();
    return cards.confirmation({ code: 'link-not-sent', at: null });
  }
}

async function send(
  services: TurnServices,
  technician: PersonId,
  who: string | null,
  arrived: Arrived,
): Promise<CardMessage | null> {
  if (!(await arrived.record([]))) return null;
  if (who === null) return services.cards.refusal({ refusal: { code: 'nobody-named' }, at: null });
  const search = await startSearch(services, technician, who, 2);
  if (search.kind === 'too-many') return refuseSearch(services, arrived, technician, 'send-link', search);
  const known = await search.people.catch(() => null);
  const searched = searchEntry(technician, 'send-link', known?.length ?? null);
  const found = certainOf(known ?? []);
  if (found === null) await arrived.record([searched]);
  if ((await search.people).length === 0) return services.cards.callerNotFound(who);
  if (found === null) return services.cards.refusal({ refusal: { code: 'several-match' }, at: null });
  const caller = found.id;
  const intentId = services.runtime.newId();
  const parties = { actor: technician, about: caller, intentId };
  await arrived.record([searched, entryOf('link.push.intent', parties, {})]);
  const methods = await services.directory.readMethods(caller);
  const usable = methods.kind === 'read' ? kindsForSelfService(methods.value) : [];
  const delivery = await services.outbox.send(caller, (cards) => cards.selfServiceLink(null, usable));
  const outcome = delivery.kind === 'delivered' ? 'delivered' : `not delivered: ${delivery.why}`;
  // It was sent, whether or not that can be written down. An intent without an outcome is closed later (recovery.ts).
  await note(services, arrived, [entryOf('link.push.outcome', parties, { outcome })]);
  return services.cards.confirmation({
    code: delivery.kind === 'delivered' ? 'link-pushed' : 'link-to-read-out',
    at: null,
  });
}

/**
 * Lockdown and elevated mode: switching the mode by message, recording it, and informing the leads.
 * A mode applies to every card and every pass from the moment it is in the ledger.
 */
import type { ModeLine } from '../ports/card-views.ts';
import type { ModeNotice, TakenBack } from '../ports/message-views.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { Cards, DrawMessage } from '../ports/cards.ts';
import { modeNotice, tellLeads, tellLeadsAgain } from '../steps/mode-notice.ts';
import type { Services, TurnServices } from '../services.ts';
import type { Mode, ModeStatus } from '../background/modes.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { Deadline } from '../ports/runtime.ts';
import { livingPasses, takeBackPasses } from './take-back.ts';

/**
 * A lead switches the mode. The reason is kept with the entry. The cards of open cases are drawn again once `redraws.begin` is
 * called, after this answer was sent. Throws Fault when the ledger cannot be written. */
export async function setMode(
  services: TurnServices,
  by: PersonId,
  mode: Mode,
  reason: string | null,
): Promise<CardMessage> {
  const status = await services.modes.set(mode, by, reason ?? '');
  services.background.run('telling the leads of a mode', tellLeads(services, status, drawMode(services)(status)));
  services.redraws.owe(); // every card shows the mode; the answer to the lead comes first
  const { deadline } = services;
  return modeCard(services, services.cards, status, { mayChange: true, notice: { kind: 'sending' }, deadline });
}

/** The card that shows the current mode. */
export async function showMode(services: TurnServices, mayChange: boolean): Promise<CardMessage> {
  await services.modes.refresh();
  const status = services.modes.current();
  const notice = mayChange ? await modeNotice(services.ledger, status) : null;
  return modeCard(services, services.cards, status, { mayChange, notice, deadline: services.deadline });
}

/** A lead takes back every living pass. The answer counts what became of them. Throws Fault when the ledger cannot be read. */
export async function takeBackAndShow(services: TurnServices, by: PersonId): Promise<CardMessage> {
  const takenBack = await takeBackPasses(services, by);
  const { deadline } = services;
  return modeCard(services, services.cards, services.modes.current(), { mayChange: true, takenBack, deadline });
}

/** Checks for unusually many recoveries; if there are, raises the mode and informs the leads. */
export async function lookForSpike(services: Pick<Services, ModeParts>): Promise<void> {
  if (!(await services.modes.look())) return;
  const status = services.modes.current();
  services.redraws.owe();
  services.redraws.begin();
  await tellLeads(services, status, drawMode(services)(status));
}

/** Tells the leads of the mode again, when that is due. */
export function tellOfModeAgain(services: Pick<Services, ModeParts>): Promise<void> {
  return tellLeadsAgain(services, drawMode(services));
}

type ModeParts = 'modes' | 'profiles' | 'ledger' | 'outbox' | 'redraws' | 'membersOf' | 'runtime' | 'timeZone' | 'log';

/** The card of a mode for leads, with what came of telling the others. */
const drawMode =
  (services: Pick<Services, ModeParts>) =>
  (status: ModeStatus) =>
  (notice: ModeNotice | null): DrawMessage =>
  (cards) =>
    modeCard(services, cards, status, { mayChange: true, notice });

/** Who reads the card: a lead may change the mode. `deadline`: until when names are waited for. */
interface ModeReader {
  readonly mayChange: boolean;
  readonly takenBack?: TakenBack | null;
  readonly notice?: ModeNotice | null;
  readonly deadline?: Deadline | undefined;
}

async function modeCard(
  services: Pick<Services, ModeParts>,
  cards: Cards,
  status: ModeStatus,
  { mayChange, takenBack = null, notice = null, deadline }: ModeReader,
): Promise<CardMessage> {
  const { mode, since, reason, spike } = status;
  const [byName, passes] = await Promise.all([
    nameOf(services, status),
    mayChange && mode === 'lockdown' ? livingPasses(services, deadline) : null,
  ]);
  const { timeZone } = services;
  const now = services.runtime.now();
  return cards.mode({ mode, since, byName, reason, spike, mayChange, passes, takenBack, notice, now, timeZone });
}

/** The line about the mode on every card; `null` in normal mode. */
export async function modeLine(
  services: Pick<Services, 'modes' | 'profiles'>,
  deadline?: Deadline,
): Promise<ModeLine | null> {
  const status = services.modes.current();
  if (status.mode === 'normal') return null;
  return { since: status.since, byName: await nameOf(services, status, deadline), spike: status.spike };
}

async function nameOf(
  services: Pick<Services, 'profiles'>,
  { by }: ModeStatus,
  deadline?: Deadline,
): Promise<string | null> {
  return by === null || by === 'hardline' ? null : services.profiles.nameOf(by, deadline);
}

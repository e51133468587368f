/**
 * Lockdown and elevated mode, by message: who may, what is written down, and who hears of it.
 * The one rule kept here: a mode holds from the moment it is in the ledger, on every card and for every pass.
 */
import type { ModeLine } from '../cards/view.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { House } from './house.ts';
import type { Mode, Standing } from './modes.ts';
import type { Letter } from './ports.ts';

/** A lead switches the mode. The reason is kept with the entry. Throws Fault when it cannot be written. */
export async function setMode(house: House, by: PersonId, mode: Mode, reason: string | null): Promise<Letter> {
  const standing = await house.modes.set(mode, by, reason ?? '');
  await Promise.all([tellLeads(house, standing, by), redrawCases(house)]);
  return modeLetter(house, standing, true);
}

/** The mode as it stands. */
export function showMode(house: House, mayChange: boolean): Promise<Letter> {
  return modeLetter(house, house.modes.standing(), mayChange);
}

/** Looks whether recoveries pile up; raises the mode and tells the leads when they do. */
export async function lookForSpike(house: Pick<House, HouseParts>): Promise<void> {
  if (!(await house.modes.look())) return;
  await Promise.all([tellLeads(house, house.modes.standing(), null), redrawCases(house)]);
}

type HouseParts = 'modes' | 'cards' | 'dossiers' | 'ledger' | 'post' | 'peopleIn' | 'around' | 'timeZone';

/** The mode stands on the cards that are open already, too. The post puts off the one a pass stands on. Nobody waits for these. */
async function redrawCases(house: Pick<House, HouseParts>): Promise<void> {
  for (const { case: open } of await house.ledger.openCases()) void house.post.refreshCard(open.id);
}

async function tellLeads(house: Pick<House, HouseParts>, standing: Standing, but: PersonId | null): Promise<void> {
  const letter = await modeLetter(house, standing, true);
  const others = (await house.peopleIn('lead')).filter((lead) => lead !== but);
  await Promise.all(others.map((lead) => house.post.send(lead, letter)));
}

async function modeLetter(house: Pick<House, HouseParts>, standing: Standing, mayChange: boolean): Promise<Letter> {
  const { mode, since, reason, spike } = standing;
  const byName = await nameOf(house, standing);
  const { timeZone } = house;
  return house.cards.mode({ mode, since, byName, reason, spike, mayChange, now: house.around.now(), timeZone });
}

/** For the line on every card. */
export async function modeLine(house: Pick<House, 'modes' | 'dossiers'>): Promise<ModeLine | null> {
  const standing = house.modes.standing();
  if (standing.mode === 'normal') return null;
  return { since: standing.since, byName: await nameOf(house, standing), spike: standing.spike };
}

async function nameOf(house: Pick<House, 'dossiers'>, { by }: Standing): Promise<string | null> {
  return by === null || by === 'hardline' ? null : house.dossiers.nameOf(by);
}

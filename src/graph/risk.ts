/**
 * ID Protection's list of people at risk, as Graph gives it.
 */
import { z } from 'zod';
import type { Instant, PersonId, RiskFacts } from '../procedure/facts.ts';
import { guid, instant, page } from './shapes.ts';

const riskyUser = z.looseObject({
  id: guid,
  riskLevel: z.enum(['none', 'low', 'medium', 'high', 'hidden']),
  riskState: z.string(),
  riskLastUpdatedDateTime: instant,
});

/** A page of the list. */
export const riskPage = page(riskyUser);

/** A row of the list. */
export type RiskRow = z.output<typeof riskyUser>;

/**
 * What a row says about a person. `null`: a tenant without P2 sees that there is something, but not what (`hidden`). Whoever
 * was confirmed as compromised is at high risk, whatever the plan shows.
 */
export function riskOf(row: RiskRow): { person: PersonId; facts: RiskFacts | null; at: Instant } {
  const { riskLevel, riskState, riskLastUpdatedDateTime: at } = row;
  const person = row.id as PersonId;
  const confirmedCompromised = riskState.toLowerCase() === 'confirmedcompromised';
  if (riskLevel !== 'hidden') return { person, facts: { level: riskLevel, confirmedCompromised }, at };
  return { person, facts: confirmedCompromised ? { level: 'high', confirmedCompromised } : null, at };
}

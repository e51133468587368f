/**
 * ID Protection's assessment of a caller. Only Graph's own "no such risky user" means no risk; every other missing
 * answer is unread.
 */
import { z } from 'zod';
import type { PersonId, Reading, RiskFacts } from '../procedure/facts.ts';
import { isNotFound, read, readingOf, unread } from './answer.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';

const riskyUser = z.looseObject({
  riskLevel: z.enum(['none', 'low', 'medium', 'high', 'hidden']),
  riskState: z.string(),
});

/**
 * Reads the risk. 404 = never rated as risky. A tenant without P2 sees `hidden`. The whole tenant shares one request a
 * second here, so this is a separate call with its own retries, beside the batch.
 */
export async function readRisk(client: GraphClient, person: PersonId): Promise<Reading<RiskFacts>> {
  const answer = await client.ask({
    call: 'read-risk',
    method: 'GET',
    path: path(`/identityProtection/riskyUsers/${segment(person)}`),
  });
  if (isNotFound(answer)) return read({ level: 'none', confirmedCompromised: false });
  const entry = readingOf(answer, riskyUser);
  if (entry.kind !== 'read') return entry;
  const { riskLevel, riskState } = entry.value;
  const confirmedCompromised = riskState.toLowerCase() === 'confirmedcompromised';
  if (riskLevel !== 'hidden') return read({ level: riskLevel, confirmedCompromised });
  return confirmedCompromised ? read({ level: 'high', confirmedCompromised }) : unread('not-licensed');
}

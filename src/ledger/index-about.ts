/**
 * What the tenant index holds about one person is personal data, too: it can be exported and erased.
 * Memberships are left alone: they are read from the directory again every few minutes, for as long as the person is a member.
 */
import type { Kysely, Transaction } from 'kysely';
import type { KnownFact } from '../procedure/ages.ts';
import type { GroupId, Instant, PersonId, RiskFacts } from '../procedure/facts.ts';
import type { FollowedFact, KnownRegistration, TenantEvent } from '../casework/ports/tenant-index.ts';
import { factsOf } from './index-facts.ts';
import { eventsIn, groupsOf, registrationIn, riskIn } from './index-rows.ts';
import type { Tables } from './tables.ts';

/** What is remembered of a person. The digests of their numbers are left out: without the key they tell nobody anything. */
export interface IndexAbout {
  readonly facts: readonly (Pick<KnownFact, 'firstSeenAt' | 'changedAt'> & { readonly fact: FollowedFact })[];
  readonly events: readonly TenantEvent[];
  readonly risk: RiskFacts | null;
  readonly registration: KnownRegistration | null;
  /** Groups that the bot reads for its own purposes and the person was last seen in. */
  readonly memberOf: readonly GroupId[];
}

/** Collects it. */
export async function indexAbout(db: Kysely<Tables>, person: PersonId): Promise<IndexAbout> {
  const facts = await factsOf(db, person);
  return {
    facts: [...facts].map(([fact, { firstSeenAt, changedAt }]) => ({ fact, firstSeenAt, changedAt })),
    events: await eventsIn(db, [person], 0 as Instant),
    risk: await riskIn(db, person),
    registration: await registrationIn(db, person),
    memberOf: await groupsOf(db, person),
  };
}

/**
 * Erases it, inside a transaction. Afterwards no source vouches for the person's numbers before the erasure (`erasedAt` in
 * the port): that nothing is known to have changed would otherwise be true only because it was erased.
 */
export async function eraseFromIndex(transaction: Transaction<Tables>, person: PersonId): Promise<void> {
  for (const table of ['index_facts', 'index_events', 'index_risks', 'index_registrations'] as const) {
    await transaction.deleteFrom(table).where('person', '=', person).execute();
  }
}

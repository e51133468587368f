/**
 * The tables of what several processes agree on. Nothing in them proves anything, so nothing of it is chained.
 */

/** `leases`: see casework/ports/leases.ts. `intents_under_way`: intents without an outcome, and the process that wrote each. */
export const LEASE_TABLES = `
  create table leases (
    name text primary key,
    holder text,
    fence integer not null check (fence >= 1),
    beat integer not null check (beat >= 0)
  ) strict;

  create table intents_under_way (
    intent_id text primary key,
    owner text not null
  ) strict;
`;

/** Finds who else has a number, by its digest. Made by a migration of its own. */
export const INDEX_OF_DIGESTS = `
  create index index_facts_digest on index_facts (digest, person);
  `;

/**
 * The tables of the tenant index (tenant-index.ts), made by migration 3: once released, this text is never edited.
 * None of them is chained: what they hold was read from Microsoft, and can be read again. No column holds a name or a number.
 */
export const INDEX_TABLES = `
  create table index_key (
    id integer primary key check (id = 1),
    check_value text not null
  ) strict;

  create table index_sources (
    source text primary key,
    cursor text,
    seen_up_to text,
    observed_since text,
    trouble text
  ) strict, without rowid;

  create table index_facts (
    person text not null,
    fact text not null,
    digest text,
    first_seen_at text not null,
    changed_at text,
    primary key (person, fact)
  ) strict, without rowid;

  create table index_events (
    id text not null,
    person text not null,
    at text not null,
    what text not null,
    primary key (id, person)
  ) strict, without rowid;
  create index index_events_person on index_events (person, at);
  create index index_events_at on index_events (at);

  create table index_risks (
    person text primary key,
    at text not null,
    level text not null,
    confirmed_compromised integer not null check (confirmed_compromised in (0, 1))
  ) strict, without rowid;

  create table index_registrations (
    person text primary key,
    read_at text not null,
    facts text not null
  ) strict, without rowid;

  create table index_groups (
    group_id text primary key
  ) strict, without rowid;

  create table index_members (
    group_id text not null references index_groups (group_id),
    person text not null,
    primary key (group_id, person)
  ) strict, without rowid;
  create index index_members_person on index_members (person);
  `;

/**
 * Indexes that keep a ledger as quick at a million entries as at a thousand. Made by migration 5: once released, this text is
 * never edited. Each serves a question that would otherwise read a whole table:
 * - at every entry SQLite asks which case rows point to it, because of the foreign key of `cases.sealed_by`;
 * - open cases are asked for by state and by technician, however many closed ones there are;
 * - the intents without an outcome are found without reading what has no intent;
 * - what a person did is found like what is about them;
 * - the people to write to are few, and everybody who ever wrote to the bot is many.
 */
export const INDEXES_FOR_LARGE_LEDGERS = `
  create index cases_sealed_by on cases (sealed_by);
  create index cases_open_in_state on cases (state, id) where closed_at is null;
  create index cases_open_of_technician on cases (technician, id) where closed_at is null;
  drop index entries_intent;
  create index entries_intent on entries (intent_id, code) where intent_id is not null;
  create index entries_actor on entries (actor, seq) where actor <> 'hardline';
  create index conversations_with_roles on conversations (seen_at, roles, person) where roles > '  ';
  `;

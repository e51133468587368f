/**
 * The SQL of what vouches for the ledger: the seal of the head, and the signatures of the entries that must not be forged.
 */

/** A seal beside the head, and a table of signatures that only grows. An entry that hands over to a new key has two. */
export const SEAL_TABLES = `
  alter table chain_head add column seal text;

  create table signatures (
    seq integer not null references entries (seq),
    key_id text not null,
    signature text not null,
    primary key (seq, key_id)
  ) strict;
  create trigger signatures_are_never_changed before update on signatures
    begin select raise(abort, 'a signature is never changed'); end;
  create trigger signatures_are_never_removed before delete on signatures
    begin select raise(abort, 'a signature is never removed'); end;
`;

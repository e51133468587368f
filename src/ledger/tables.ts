/**
 * The tables as kysely types them. The SQL that makes them is in schema.ts.
 * No column holds a name, a full number or a pass.
 */
import type { Generated } from 'kysely';

/** One row, `id` 1: who this ledger is, and its newest record. Every transaction begins by writing here. */
interface ChainHeadTable {
  id: number;
  origin: string;
  seq: number;
  hash: string;
  /** Made with the key of the ledger (seal.ts); `null` as long as none was used. */
  seal: string | null;
}

/** Signatures of entries that must not be forged (seal.ts). Triggers refuse to change or remove one. */
interface SignaturesTable {
  seq: number;
  key_id: string;
  signature: string;
}

/** The chained records. Triggers refuse to change or remove one. */
interface EntriesTable {
  seq: number;
  at: string;
  code: string;
  actor: string;
  about: string | null;
  case_id: number | null;
  intent_id: string | null;
  detail_commitment: string;
  case_digest: string | null;
  prev: string;
  hash: string;
}

/** What may be personal: apart, and erasable. */
interface DetailsTable {
  seq: number;
  salt: string;
  detail: string;
}

interface CasesTable {
  id: Generated<number>;
  version: number;
  technician: string;
  caller: string;
  opened_at: string;
  closed_at: string | null;
  state: string;
  body: string;
  salt: string;
  /** The entry whose `case_digest` binds this row. */
  sealed_by: number;
}

interface ActivitiesTable {
  fingerprint: string;
  seen_at: string;
}

interface ConversationsTable {
  person: string;
  reference: string;
  /** Roles at the last contact, space-separated with a space at both ends; an address book, not an authority. */
  roles: string;
  /** Language of the person's Teams client at the last contact: two letters, lower case. */
  language: string;
  seen_at: string;
}

interface CardPlacesTable {
  case_id: number;
  conversation: string;
  activity: string;
}

/** Cards about a case in the chats of approvers and managers. */
interface RequestCardsTable {
  case_id: number;
  purpose: string;
  person: string;
  conversation: string;
  activity: string;
}

/** Case cards that must not be redrawn, because a pass is shown on them. */
interface CardHoldsTable {
  case_id: number;
  /** The hold ends here at the latest: the pass is of no use any more. */
  held_until: string;
}

/** How far each destination has the ledger, for the shipping. */
interface ShippingTable {
  destination: string;
  seq: number;
  hash: string;
}

/** Who does what only one process may do at a time, and which processes live. */
interface LeasesTable {
  name: string;
  holder: string | null;
  fence: number;
  beat: number;
}

/** Intents without an outcome. */
interface IntentsUnderWayTable {
  intent_id: string;
  /** The process that wrote the intent. */
  owner: string;
}

/** One row, `id` 1: tells whether the key at hand is the one that the digests in `index_facts` were made with. */
interface IndexKeyTable {
  id: number;
  check_value: string;
}

/** How far each source of the tenant index was read. */
interface IndexSourcesTable {
  source: string;
  cursor: string | null;
  seen_up_to: string | null;
  observed_since: string | null;
  trouble: string | null;
}

/** Facts whose changes are followed: a keyed digest of the value, and times. */
export interface IndexFactsTable {
  person: string;
  fact: string;
  digest: string | null;
  first_seen_at: string;
  changed_at: string | null;
}

/** What the tenant's audit log told. One entry may be about several people. */
interface IndexEventsTable {
  id: string;
  person: string;
  at: string;
  /** JSON, checked field by field: a kind, and for a self-service reset its step and cleaned reason. */
  what: string;
}

interface IndexRisksTable {
  person: string;
  /** When Microsoft last changed it. */
  at: string;
  level: string;
  confirmed_compromised: number;
}

interface IndexRegistrationsTable {
  person: string;
  read_at: string;
  /** JSON, checked field by field: four yes or no, and the time of the report. */
  facts: string;
}

/** Groups whose members were read: a group may have none. */
interface IndexGroupsTable {
  group_id: string;
}

interface IndexMembersTable {
  group_id: string;
  person: string;
}

/** Every table, for kysely. Times are ISO 8601 text in UTC, hashes lower-case hex. */
export interface Tables {
  chain_head: ChainHeadTable;
  entries: EntriesTable;
  signatures: SignaturesTable;
  details: DetailsTable;
  cases: CasesTable;
  activities: ActivitiesTable;
  conversations: ConversationsTable;
  card_places: CardPlacesTable;
  request_cards: RequestCardsTable;
  card_holds: CardHoldsTable;
  shipping: ShippingTable;
  leases: LeasesTable;
  intents_under_way: IntentsUnderWayTable;
  index_key: IndexKeyTable;
  index_sources: IndexSourcesTable;
  index_facts: IndexFactsTable;
  index_events: IndexEventsTable;
  index_risks: IndexRisksTable;
  index_registrations: IndexRegistrationsTable;
  index_groups: IndexGroupsTable;
  index_members: IndexMembersTable;
}

/**
 * Everything a turn may use, in one record. It is built once (build.ts) and passed as an argument, never imported.
 * Its parts are ports and functions; none of them knows Teams, Graph or a database.
 */
import type { Cards, CardsByLanguage } from './ports/cards.ts';
import type { Policy } from '../procedure/policy.ts';
import type { Profiles } from './steps/profiles.ts';
import type { IssueParts } from './steps/issue-pass.ts';
import type { CardMessages } from './outbox/card-messages.ts';
import type { Log } from './ports/log.ts';
import type { LedgerWatch } from './background/ledger-watch.ts';
import type { Mending } from './background/mending.ts';
import type { Modes } from './background/modes.ts';
import type { OpenParts } from './steps/open-case.ts';
import type { Directory } from './ports/directory.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Background } from './ports/background.ts';
import type { Deadline, Runtime, Timing } from './ports/runtime.ts';
import type { AnswerNonHelpdesk } from './turns/non-helpdesk.ts';
import type { MembersOf } from './outbox/role-members.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { OverallLimits } from './steps/overall-limits.ts';
import type { Redraws } from './outbox/redraws.ts';
import type { RunCase } from './steps/run-case.ts';
import type { RolesOf } from './turns/access.ts';
import type { RequestOffers } from './steps/offer-requests.ts';

/** The record, with the cards in every language. */
export interface Services {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly ledgerWatch: Pick<LedgerWatch, 'unrecorded'>;
  readonly cards: CardsByLanguage;
  readonly cardMessages: CardMessages;
  readonly profiles: Profiles;
  readonly outbox: Outbox;
  readonly redraws: Redraws;
  readonly runCase: RunCase;
  readonly rolesOf: RolesOf;
  readonly opening: OpenParts;
  readonly issuing: IssueParts;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
  readonly timing: Timing;
  /** Work that goes on after its turn was answered. */
  readonly background: Background;
  readonly log: Log;
  readonly timeZone: string;
  readonly modes: Modes;
  readonly mending: Mending;
  readonly membersOf: MembersOf;
  readonly limits: OverallLimits;
  readonly requestOffers: RequestOffers;
  readonly answerNonHelpdesk: AnswerNonHelpdesk;
}

/** The record for one turn: the same, with the cards in the language of the person who is answered, and the time there is. */
export interface TurnServices extends Omit<Services, 'cards'> {
  readonly cards: Cards;
  /** The cards in the language of somebody else, or of another chat. */
  readonly cardsIn: (language: string) => Cards;
  /**
   * Until when reads are waited for. `undefined` where the answer is of use later, too, because it is a message or an update: then
   * only the directory's own limits count.
   */
  readonly deadline: Deadline | undefined;
  /** Until when the facts for a first card are waited for. What is missing then is read afterwards. */
  readonly firstCardBy: Deadline;
}

/**
 * Everything a turn may use, in one record: built once in compose.ts, handed down, never reached for.
 * The one rule kept here: parts are ports and small functions; nothing in here knows Teams, Graph or a database.
 */
import type { Cards } from '../cards/card-for.ts';
import type { Policy } from '../procedure/policy.ts';
import type { Dossiers } from './dossiers.ts';
import type { IssueParts } from './issue.ts';
import type { Letters } from './letters.ts';
import type { Log } from './log.ts';
import type { Modes } from './modes.ts';
import type { OpenParts } from './open-case.ts';
import type { Directory, Ledger, Surroundings } from './ports.ts';
import type { AnswerOutsider } from './outsider.ts';
import type { PeopleIn } from './people.ts';
import type { Post } from './post.ts';
import type { RunCase } from './run-case.ts';
import type { WhoMay } from './who-may.ts';

/** The parts of the house. */
export interface House {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly cards: Cards;
  readonly letters: Letters;
  readonly dossiers: Dossiers;
  readonly post: Post;
  readonly runCase: RunCase;
  readonly whoMay: WhoMay;
  readonly opening: OpenParts;
  readonly issuing: IssueParts;
  readonly policy: () => Policy;
  readonly around: Surroundings;
  readonly log: Log;
  readonly timeZone: string;
  readonly modes: Modes;
  readonly peopleIn: PeopleIn;
  readonly answerOutsider: AnswerOutsider;
}

/** The reason a door stays shut for somebody, by what they tried. */
export function doorFor(what: string): 'not-a-technician' | 'not-an-approver' | 'not-an-auditor' | 'not-a-lead' {
  if (what === 'decide-approval') return 'not-an-approver';
  if (what === 'set-mode') return 'not-a-lead';
  return what === 'show-log' ? 'not-an-auditor' : 'not-a-technician';
}

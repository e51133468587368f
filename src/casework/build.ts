/**
 * Puts casework together from the ports: every part once, each knowing only what it needs.
 * The one rule kept here: nothing is read from outside and nothing decided; what casework is made of can be seen at a glance.
 */
import type { Cards } from '../cards/card-for.ts';
import type { CaseId } from '../procedure/case.ts';
import type { Policy } from '../procedure/policy.ts';
import { createCasework } from './casework.ts';
import { closeRequests } from './closed-requests.ts';
import { createDossiers } from './dossiers.ts';
import type { House } from './house.ts';
import { createInsights } from './insights.ts';
import type { IssueParts } from './issue.ts';
import { createLetters } from './letters.ts';
import type { Log } from './log.ts';
import { lookForSpike, modeLine } from './mode-desk.ts';
import { openModes } from './modes.ts';
import { readFacts, type OpenParts } from './open-case.ts';
import { createAnswerOutsider } from './outsider.ts';
import { createPeopleIn } from './people.ts';
import type { CardPlace, Directory, Ledger, Messenger, StoredCase, Surroundings } from './ports.ts';
import { createPost } from './post.ts';
import { reconcile, settleOld, type Reconciled } from './reconcile.ts';
import { createRunCase } from './run-case.ts';
import type { Casework } from './turn.ts';
import { createWatch } from './watch.ts';
import { createWhoMay, type RoleGroups } from './who-may.ts';

/** What casework is built from. */
export interface CaseworkParts {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly cards: Cards;
  /** Asked for at each use: the channel is built around casework. */
  readonly messenger: () => Messenger;
  readonly around: Surroundings;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  /** The policy as configured; the mode and the spike are added from the ledger. */
  readonly policy: Policy;
  readonly groups: RoleGroups;
  readonly objectionBlocksHours: number;
  readonly selfServiceUrl: string;
  readonly timeZone: string;
}

/** Casework, ready for turns. */
export interface BuiltCasework {
  readonly casework: Casework;
  /** The parts it was built from, for tests that take single steps. */
  readonly house: House;
  /** The card of a case now stands in a chat. */
  cardPlaced(caseId: CaseId, place: CardPlace): Promise<void>;
  /** Settles what an earlier run left behind. Call once, before the first turn. */
  reconcile(): Promise<Reconciled>;
  /** One look at everything that cases wait for. */
  readonly look: () => Promise<void>;
  /** Resolves when no effect, no slow read and no card update is under way. */
  readonly settled: () => Promise<void>;
}

/** Recoveries of different callers within an hour that raise the mode by themselves. */
const SPIKE_AT = 10;

/** Builds casework. Reads the mode of the house from the ledger; throws Fault when it cannot. */
export async function buildCasework(parts: CaseworkParts): Promise<BuiltCasework> {
  const { directory, ledger, cards, messenger, around, log, timeZone } = parts;
  const now = () => around.now();
  const modes = await openModes(ledger, around, SPIKE_AT);
  const policy = (): Policy => ({ ...parts.policy, mode: modes.standing().mode, spike: modes.standing().spike });
  const dossiers = createDossiers(directory, now);
  const whoMay = createWhoMay(directory, parts.groups, now);
  const peopleIn = createPeopleIn(ledger, whoMay);

  const letters = createLetters({
    ...{ cards, dossiers, policy, around, timeZone, selfServiceUrl: parts.selfServiceUrl },
    noticesOf: (stored) => runCase.noticesOf(stored.case.id),
    insightsOf: (stored) => insights.of(stored),
    modeLine: () => modeLine({ modes, dossiers }),
  });
  const draw = (stored: StoredCase) => letters.caseCard(stored);
  const post = createPost({ ledger, directory, wait: parts.wait, messenger, draw, log });
  const insights = createInsights({ directory, now, arrived: (id) => post.refreshCard(id), log });

  const performing = { directory, ledger, post, letters, around, peopleIn };
  const closing = { ledger, cards, dossiers, messenger, around, timeZone, log };
  const running = {
    ...{ ledger, policy, around, performing, log },
    closeRequests: (stored: StoredCase) => closeRequests(closing, stored),
  };
  const runCase = createRunCase(running);
  const opening: OpenParts = {
    ...{ ledger, directory, dossiers, policy, around },
    objectionBlocksHours: parts.objectionBlocksHours,
    underWay: new Map(),
  };
  const issuing: IssueParts = {
    ...{ ...running, directory, runCase },
    readFacts: ({ case: { technician, caller, id } }) => readFacts(opening, technician, caller, id),
  };
  const house: House = {
    ...{ directory, ledger, cards, letters, dossiers, post, runCase, whoMay, opening, issuing },
    ...{ policy, around, log, timeZone, modes, peopleIn, answerOutsider: createAnswerOutsider() },
  };
  const watch = createWatch({ directory, ledger, runCase, now, log });

  return {
    casework: createCasework(house),
    house,
    async cardPlaced(caseId, place) {
      await ledger.rememberCard(caseId, place);
      await insights.cardArrived(caseId);
    },
    reconcile: () => reconcile(ledger, runCase, around),
    async look() {
      await watch.tick();
      await settleOld(ledger, around);
      await lookForSpike(house);
    },
    async settled() {
      await runCase.idle();
      await insights.idle();
      await post.idle();
    },
  };
}

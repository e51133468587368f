/**
 * What casework is built of, and what it is when it is built: the adapters on one side, what the app drives on the other.
 */
import type { Background } from './ports/background.ts';
import type { CardsByLanguage } from './ports/cards.ts';
import type { CaseId } from '../procedure/case.ts';
import type { Policy } from '../procedure/policy.ts';
import type { Services } from './services.ts';
import type { Log } from './ports/log.ts';
import type { CheckpointWatch } from './ports/checkpoints.ts';
import type { Directory } from './ports/directory.ts';
import type { CardPlace, Ledger } from './ports/ledger.ts';
import type { Messenger } from './ports/messenger.ts';
import type { Readiness, Runtime, Timing } from './ports/runtime.ts';
import type { Recovered } from './background/recovery.ts';
import type { Company, Duty } from './background/duty.ts';
import type { RunFacts, Verdict } from './background/run-entries.ts';
import type { SenderLimitFigures } from './steps/sender-limits.ts';
import type { Casework, RefusedByGuard } from './ports/turn.ts';
import type { RoleGroups } from './turns/access.ts';

/** What casework is built from. */
export interface CaseworkParts {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly cards: CardsByLanguage;
  readonly messenger: Messenger;
  readonly runtime: Runtime;
  /** How turns measure their time; real time otherwise. */
  readonly timing?: Timing;
  /** Where work goes on after its turn; a place of its own otherwise. */
  readonly background?: Background;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  /** The policy as configured; the mode and the spike are added from the ledger. */
  readonly policy: Policy;
  readonly groups: RoleGroups;
  readonly objectionBlocksHours: number;
  readonly selfServiceUrl: string;
  readonly timeZone: string;
  /** Whom to call when nobody was reached, as the cards show it; `null`: only people of the group are named. */
  readonly emergencyContact: string | null;
  /** This many recoveries of different callers within an hour raise the mode without a lead; ten otherwise. */
  readonly spikeCallers?: number;
  /** Checkpoints of the ledger, of which the leads are told; nothing otherwise. `daily`: also when all is well. */
  readonly checkpoints?: { readonly watch: CheckpointWatch; readonly daily: boolean };
  /** Whether other processes may work on the same ledger; none otherwise. */
  readonly company?: Company;
  /** What one person may ask of the bot; those of `SENDER_LIMITS` otherwise. */
  readonly senderLimits?: SenderLimitFigures;
}

/** Casework, ready to answer. */
export interface BuiltCasework {
  readonly casework: Casework;
  /** The record that turns use, for tests of single steps. */
  readonly services: Services;
  /** Whether work can be done now. Asked often. */
  readonly readiness: () => Readiness;
  /** True the first time an activity is seen, and when that cannot be told: what it leads to is guarded by entries of its own. */
  firstSight(key: string): Promise<boolean>;
  /** Reports that the card of a case was sent, and where it is. */
  cardPlaced(caseId: CaseId, place: CardPlace): Promise<void>;
  /** Finishes what an earlier run left unfinished. Call it once, before the first turn. */
  recover(): Promise<Recovered>;
  /** Records the start, once everything else is ready. Throws Fault when the ledger cannot be written. */
  started(facts: RunFacts): Promise<void>;
  /** Verifies the ledger, and records when it does not verify. */
  verified<V extends Verdict>(verify: () => Promise<V>): Promise<V>;
  /** Records the stop, when nothing is under way any more. */
  stopped(): Promise<void>;
  /** Looks once at what cases wait for at Microsoft, and at deadlines. Call it as often as the configuration says. */
  readonly tick: () => Promise<void>;
  /** Reads again what cases lack and is due by now. Call it every second. */
  readonly mend: () => Promise<void>;
  /** Who does the work that nobody asks for, and who lives. */
  readonly duty: Duty;
  /** Lets another process take over. Call it when nothing is under way any more. A failure is logged. */
  readonly leave: () => void;
  /** Counts a request that was refused by the guard. */
  readonly refusedByGuard: (refused: RefusedByGuard) => void;
  /** Writes down what was only counted so far. Call it before the ledger is closed. A failure is logged. */
  readonly writeCounts: () => void;
  /** Resolves when no work of a turn, no effect, no slow read and no card update is running. */
  readonly whenIdle: () => Promise<void>;
}

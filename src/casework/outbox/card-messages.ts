/**
 * Every card message casework sends, drawn from where the case is now.
 * Names are fetched for the message and forgotten after it.
 */
import type { Cards } from '../ports/cards.ts';
import type { SlowFacts, ModeLine, NoticeCode } from '../ports/card-views.ts';
import type { Case } from '../../procedure/case.ts';
import type { Effect } from '../../procedure/effects.ts';
import type { Instant, MethodKind, PersonId } from '../../procedure/facts.ts';
import { managerQuestion } from '../../procedure/decide-proof.ts';
import { isAt } from '../../procedure/lockout.ts';
import { kindsForSelfService } from '../../procedure/methods.ts';
import { approvalEndsAt } from '../../procedure/decide-approval.ts';
import type { Policy } from '../../procedure/policy.ts';
import { noesThatCount } from '../../procedure/risk.ts';
import { stillNeeded } from '../../procedure/second-persons.ts';
import { caseView } from './case-view.ts';
import type { Profiles } from '../steps/profiles.ts';
import { matchingWords } from './matching-words.ts';
import type { ReachOf } from './reach.ts';
import type { StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import { NO_TIME, type Deadline, type Runtime } from '../ports/runtime.ts';
import type { Secret } from '../ports/secret.ts';
import type { NoticesOf } from './case-notices.ts';
import { subjectDigest } from '../steps/approval-digest.ts';
import type { PassCard } from '../ports/turn.ts';

/** What card messages are made from. */
export interface CardMessageParts {
  readonly profiles: Profiles;
  readonly policy: () => Policy;
  readonly runtime: Runtime;
  readonly noticesOf: NoticesOf;
  readonly slowFactsOf: (stored: StoredCase) => SlowFacts | null;
  readonly modeLine: (deadline: Deadline | undefined) => Promise<ModeLine | null>;
  /** When what a case lacks is read again; `null`: nothing is, or nothing comes by itself. */
  readonly nextReadAtOf: (stored: StoredCase) => Instant | null;
  readonly reachOf: ReachOf;
  readonly changesSeenUpTo: () => Instant | null;
  readonly selfServiceUrl: string;
  readonly timeZone: string;
}

type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];
type Notice = Extract<Effect, { kind: 'notify-caller' }>['notice'];

/** The card messages. */
export interface CardMessages {
  /** Names are waited for until the deadline; the card is drawn without those that were not read by then. */
  caseCard(cards: Cards, stored: StoredCase, deadline?: Deadline): Promise<CardMessage>;
  /** Only with names that are remembered: nothing is read while there is a pass that nobody has seen. */
  pass(cards: Cards, stored: StoredCase, secret: Secret): Promise<PassCard>;
  /** The caller can use it, and can say that it was not them. */
  selfServiceLink(cards: Cards, stored: StoredCase): CardMessage;
  notice(cards: Cards, stored: StoredCase, notice: Notice, reader: 'caller' | 'manager'): Promise<CardMessage>;
  managerQuestion(cards: Cards, stored: StoredCase): Promise<CardMessage>;
  approvalRequest(cards: Cards, stored: StoredCase): Promise<CardMessage>;
  /** `notices`: what the steps before it could not do. */
  alarm(cards: Cards, stored: StoredCase, alarm: Alarm, notices: readonly NoticeCode[]): Promise<CardMessage>;
}

/** Builds the card messages. */
export function createCardMessages(parts: CardMessageParts): CardMessages {
  const { profiles, runtime, timeZone } = parts;

  const view = async (stored: StoredCase, deadline?: Deadline) => {
    const [profile, technicianName, modeLine, reach, notices] = await Promise.all([
      profiles.of(stored.case.caller, deadline),
      profiles.nameOf(stored.case.technician, deadline),
      parts.modeLine(deadline),
      parts.reachOf(stored, deadline),
      parts.noticesOf(stored),
    ]);
    const { policy, selfServiceUrl } = parts;
    return caseView(stored, {
      profile,
      technicianName,
      notices,
      policy: policy(),
      selfServiceUrl,
      timeZone,
      now: runtime.now(),
      slowFacts: parts.slowFactsOf(stored),
      modeLine,
      reach,
      nextReadAt: parts.nextReadAtOf(stored),
      changesSeenUpTo: parts.changesSeenUpTo(),
    });
  };
  const names = async (technician: PersonId, caller: PersonId) => {
    const [technicianName, callerName] = await Promise.all([profiles.nameOf(technician), profiles.nameOf(caller)]);
    return { technicianName, callerName };
  };
  const noticeView = async (stored: StoredCase, reader: 'caller' | 'manager') => ({
    stored,
    matchingWords: matchingWords(stored.case),
    ...(await names(stored.case.technician, stored.case.caller)),
    reader,
    usableUntil: 'pass' in stored.case.state ? (stored.case.state.pass?.usableUntil ?? null) : null,
    now: runtime.now(),
    timeZone,
  });

  return {
    caseCard: async (cards, stored, deadline) => cards.caseCard(await view(stored, deadline)),
    pass: async (cards, stored, secret) => cards.pass(await view(stored, NO_TIME), secret),
    selfServiceLink: (cards, stored) => cards.selfServiceLink(stored, usableThere(stored.case)),
    notice: async (cards, stored, notice, reader) => cards.notice(notice, await noticeView(stored, reader)),
    managerQuestion: async (cards, stored) => {
      const { state, technician, caller } = stored.case;
      if (state.kind !== 'awaiting-manager') throw new Error('a manager is asked only in awaiting-manager');
      const expiresAt = later(state.since, parts.policy().managerAnswerMinutes);
      return cards.managerQuestion({
        stored,
        matchingWords: matchingWords(stored.case),
        ...(await names(technician, caller)),
        question: subjectDigest(managerQuestion({ ...stored.case, state })),
        expiresAt,
        now: runtime.now(),
        timeZone,
      });
    },
    approvalRequest: async (cards, stored) => {
      if (!isAt(stored.case, 'awaiting-approval'))
        throw new Error('an approval is asked for only in awaiting-approval');
      const { state, technician, caller } = stored.case;
      const { proof } = state;
      const [profile, technicianName, vouchedBy] = await Promise.all([
        profiles.of(caller),
        profiles.nameOf(technician),
        proof.kind === 'manager' ? profiles.nameOf(proof.manager) : null,
      ]);
      const expiresAt = approvalEndsAt(state, parts.policy());
      return cards.approvalRequest({
        stored,
        matchingWords: matchingWords(stored.case),
        person: profile?.person ?? null,
        technicianName,
        proofBy: proof.kind,
        vouchedBy,
        stillNeeded: stillNeeded(state.needs, state.approvals),
        noes: noesThatCount(stored.case.facts, parts.policy(), runtime.now()),
        reasons: state.reasons,
        subject: subjectDigest(state.subject),
        askedAt: state.since,
        expiresAt,
        now: runtime.now(),
        timeZone,
      });
    },
    alarm: async (cards, stored, alarm, notices) => {
      const [profile, technicianName] = await Promise.all([
        profiles.of(stored.case.caller),
        profiles.nameOf(stored.case.technician),
      ]);
      return cards.alarm({
        stored,
        matchingWords: matchingWords(stored.case),
        alarm,
        notices,
        leftBehind: alarm === 'methods-left-behind' ? stored.case.leftBehind : null,
        person: profile?.person ?? null,
        technicianName,
        now: runtime.now(),
        timeZone,
      });
    },
  };
}

/** The kinds the caller said they have at hand and the reset page takes. */
function usableThere({ facts, atHand }: Case): readonly MethodKind[] {
  const registered = facts.methods.kind === 'read' ? facts.methods.value : [];
  return kindsForSelfService(registered.filter(({ ref }) => atHand.includes(ref)));
}

function later(since: Instant, minutes: number): Instant {
  return (since + minutes * 60_000) as Instant;
}

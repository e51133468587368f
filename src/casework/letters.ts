/**
 * Every letter casework sends, drawn from where the case is now.
 * The one rule kept here: names are fetched for the letter and forgotten after it.
 */
import type { Cards } from '../cards/card-for.ts';
import type { Insights, ModeLine, NoticeCode } from '../cards/view.ts';
import type { Case } from '../procedure/case.ts';
import type { Effect } from '../procedure/effects.ts';
import type { Instant, MethodKind, PersonId } from '../procedure/facts.ts';
import { isAt } from '../procedure/lockout.ts';
import { kindsForSelfService } from '../procedure/methods.ts';
import type { Policy } from '../procedure/policy.ts';
import { caseView } from './case-view.ts';
import type { Dossiers } from './dossiers.ts';
import { matchingWords } from './matching-words.ts';
import type { Letter, StoredCase, Surroundings } from './ports.ts';
import type { Secret } from './secret.ts';
import { subjectDigest } from './subject.ts';
import type { PassLetter } from './turn.ts';

/** What letters are written from. */
export interface LetterParts {
  readonly cards: Cards;
  readonly dossiers: Dossiers;
  readonly policy: () => Policy;
  readonly around: Surroundings;
  readonly noticesOf: (stored: StoredCase) => readonly NoticeCode[];
  readonly insightsOf: (stored: StoredCase) => Insights | null;
  readonly modeLine: () => Promise<ModeLine | null>;
  readonly selfServiceUrl: string;
  readonly timeZone: string;
}

type Alarm = Extract<Effect, { kind: 'alarm-leads' }>['alarm'];
type Notice = Extract<Effect, { kind: 'notify-caller' }>['notice'];

/** The letters. */
export interface Letters {
  caseCard(stored: StoredCase): Promise<Letter>;
  pass(stored: StoredCase, secret: Secret): Promise<PassLetter>;
  /** The caller can use it, and can say that it was not them. */
  selfServiceLink(stored: StoredCase): Letter;
  notice(stored: StoredCase, notice: Notice, reader: 'caller' | 'manager'): Promise<Letter>;
  managerQuestion(stored: StoredCase): Promise<Letter>;
  approvalRequest(stored: StoredCase): Promise<Letter>;
  /** `notices`: what the steps before it could not do. */
  alarm(stored: StoredCase, alarm: Alarm, notices: readonly NoticeCode[]): Promise<Letter>;
}

/** Builds the letter desk. */
export function createLetters(parts: LetterParts): Letters {
  const { cards, dossiers, around, timeZone } = parts;

  const view = async (stored: StoredCase) => {
    const [dossier, technicianName, modeLine] = await Promise.all([
      dossiers.of(stored.case.caller),
      dossiers.nameOf(stored.case.technician),
      parts.modeLine(),
    ]);
    const { policy, selfServiceUrl } = parts;
    const notices = parts.noticesOf(stored);
    return caseView(stored, {
      dossier,
      technicianName,
      notices,
      policy: policy(),
      selfServiceUrl,
      timeZone,
      now: around.now(),
      insights: parts.insightsOf(stored),
      modeLine,
    });
  };
  const names = async (technician: PersonId, caller: PersonId) => {
    const [technicianName, callerName] = await Promise.all([dossiers.nameOf(technician), dossiers.nameOf(caller)]);
    return { technicianName, callerName };
  };
  const noticeView = async (stored: StoredCase, reader: 'caller' | 'manager') => ({
    stored,
    matchingWords: matchingWords(stored.case),
    ...(await names(stored.case.technician, stored.case.caller)),
    reader,
    usableUntil: 'pass' in stored.case.state ? (stored.case.state.pass?.usableUntil ?? null) : null,
    now: around.now(),
    timeZone,
  });

  return {
    caseCard: async (stored) => cards.caseCard(await view(stored)),
    pass: async (stored, secret) => cards.pass(await view(stored), secret),
    selfServiceLink: (stored) => cards.selfServiceLink(stored, usableThere(stored.case)),
    notice: async (stored, notice, reader) => cards.notice(notice, await noticeView(stored, reader)),
    managerQuestion: async (stored) => {
      const { state, technician, caller } = stored.case;
      if (state.kind !== 'awaiting-manager') throw new Error('a manager is asked only in awaiting-manager');
      const expiresAt = later(state.since, parts.policy().managerAnswerMinutes);
      return cards.managerQuestion({
        stored,
        matchingWords: matchingWords(stored.case),
        ...(await names(technician, caller)),
        expiresAt,
        now: around.now(),
        timeZone,
      });
    },
    approvalRequest: async (stored) => {
      if (!isAt(stored.case, 'awaiting-approval'))
        throw new Error('an approval is asked for only in awaiting-approval');
      const { state, technician, caller } = stored.case;
      const [dossier, technicianName] = await Promise.all([dossiers.of(caller), dossiers.nameOf(technician)]);
      const expiresAt = later(state.since, parts.policy().approvalValidMinutes);
      return cards.approvalRequest({
        stored,
        matchingWords: matchingWords(stored.case),
        person: dossier?.person ?? null,
        technicianName,
        proofBy: state.proof.kind,
        reasons: state.reasons,
        subject: subjectDigest(state.subject),
        askedAt: state.since,
        expiresAt,
        now: around.now(),
        timeZone,
      });
    },
    alarm: async (stored, alarm, notices) => {
      const [dossier, technicianName] = await Promise.all([
        dossiers.of(stored.case.caller),
        dossiers.nameOf(stored.case.technician),
      ]);
      return cards.alarm({
        stored,
        matchingWords: matchingWords(stored.case),
        alarm,
        notices,
        person: dossier?.person ?? null,
        technicianName,
        now: around.now(),
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

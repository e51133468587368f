/**
 * Cards that reach people outside their own turn: the caller, their manager, approvers, leads.
 * The one rule kept here: they tell and ask; none of them holds a pass or asks for a secret.
 */
import type { Person } from '../casework/ports/directory.ts';
import type { StoredCase } from '../casework/ports/ledger.ts';
import { plainHead } from './answer-cards.ts';
import { clean, idTail, riskLines, row, type Row, type Tone } from './card-fields.ts';
import type { AlarmView, ApprovalView, ManagerQuestionView, NoticeView } from '../casework/ports/message-views.ts';
import type { RequestClosedView, RequestOutcome } from '../casework/ports/message-views.ts';
import { age, clock } from './time-format.ts';
import type { CardFields } from './templates.ts';
import type { MatchingWords } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

const REQUEST_TONES = {
  approved: 'good',
  denied: 'attention',
  confirmed: 'good',
  declined: 'attention',
  expired: 'emphasis',
  withdrawn: 'emphasis',
} satisfies Record<RequestOutcome, Tone>;

/** The fields of `notice-recovery-started`. */
export function recoveryStartedFields(view: NoticeView, words: Strings): CardFields {
  const say = words.cards['notice-recovery-started'];
  return {
    ...plainHead(view.stored, say, { headline: say.headline, tone: 'warning' }, words),
    summary: say.headline,
    facts: noticeRows(view, words),
  };
}

/** The fields of `notice-pass-issued`, for the caller or for their manager. */
export function passIssuedFields(view: NoticeView, words: Strings): CardFields {
  const say = words.cards['notice-pass-issued'];
  const toManager = view.reader === 'manager';
  const headline = toManager ? say.headlineManager : say.headline;
  return {
    ...plainHead(view.stored, say, { headline, tone: 'warning' }, words),
    summary: headline,
    allIsWell: toManager ? say.itWasThem : say.itWasMe,
    notMe: toManager ? say.notThem : say.notMe,
    facts: noticeRows(view, words),
  };
}

/** The fields of `manager-question`. */
export function managerQuestionFields(view: ManagerQuestionView, words: Strings): CardFields {
  const say = words.cards['manager-question'];
  const { messageLabels: labels } = words;
  return {
    ...plainHead(view.stored, say, { headline: say.headline, tone: 'accent' }, words),
    summary: say.headline,
    facts: [
      row(labels.caller, clean(view.callerName, words.values.unknownName)),
      row(labels.technician, clean(view.technicianName, words.values.unknownName)),
      row(labels.answerBy, clock(view.expiresAt, view.now, view.timeZone)),
      wordsRow(view.matchingWords, words),
    ],
  };
}

/** The fields of `approval-request`: who, worked by whom, on what proof, and why a second person. */
export function approvalRequestFields(view: ApprovalView, words: Strings): CardFields {
  const say = words.cards['approval-request'];
  return {
    ...plainHead(view.stored, say, { headline: say.headline, tone: 'warning' }, words, view.person),
    subject: view.subject,
    reasons: riskLines(view.reasons, words),
    facts: [
      ...personRows(view.stored, view.person, words),
      row(words.messageLabels.technician, clean(view.technicianName, words.values.unknownName)),
      row(words.messageLabels.proof, words.proofs[view.proofBy]),
      row(
        words.messageLabels.asked,
        words.phrases.askedExpires(age(view.askedAt, view.now), clock(view.expiresAt, view.now, view.timeZone)),
      ),
      wordsRow(view.matchingWords, words),
    ],
  };
}

/** The fields of `alarm`. */
export function alarmFields(view: AlarmView, words: Strings): CardFields {
  const say = words.cards.alarm;
  const { headline, lead } = words.alarms[view.alarm];
  return {
    ...plainHead(view.stored, say, { headline, tone: 'attention' }, words, view.person),
    lead: [lead, ...(view.notices ?? []).map((code) => words.risks.notices[code])].join(' '),
    facts: [
      ...personRows(view.stored, view.person, words),
      row(words.messageLabels.technician, clean(view.technicianName, words.values.unknownName)),
      row(words.messageLabels.at, clock(view.now, view.now, view.timeZone)),
      wordsRow(view.matchingWords, words),
    ],
  };
}

/** The fields of `request-closed`: what became of a question, and who answered it. */
export function requestClosedFields(view: RequestClosedView, words: Strings): CardFields {
  const say = words.cards['request-closed'];
  const { headline, lead } = words.requests[view.outcome];
  const { messageLabels: labels, values } = words;
  const asked = row(labels.question, words.requestPurposes[view.purpose]);
  const when = row(labels.at, clock(view.at, view.now, view.timeZone));
  const decided = view.outcome !== 'expired' && view.outcome !== 'withdrawn';
  return {
    ...plainHead(view.stored, say, { headline, tone: REQUEST_TONES[view.outcome] }, words),
    lead,
    facts: decided ? [asked, row(labels.decidedBy, clean(view.byName, values.unknownName)), when] : [asked, when],
  };
}

function noticeRows(view: NoticeView, words: Strings): readonly Row[] {
  const { messageLabels: labels, values } = words;
  const rows = [
    row(labels.technician, clean(view.technicianName, values.unknownName)),
    row(labels.at, clock(view.now, view.now, view.timeZone)),
  ];
  if (view.reader === 'manager') rows.unshift(row(labels.caller, clean(view.callerName, values.unknownName)));
  if (view.usableUntil !== null) rows.push(row(labels.validUntil, clock(view.usableUntil, view.now, view.timeZone)));
  rows.push(wordsRow(view.matchingWords, words));
  return rows;
}

function wordsRow([first, second]: MatchingWords, words: Strings): Row {
  return { ...row(words.messageLabels.matchingWords, words.phrases.pair(first, second)), weight: 'bolder' };
}

function personRows(stored: StoredCase, person: Person | null, words: Strings): readonly Row[] {
  const { messageLabels: labels, values } = words;
  const missing = person === null ? values.notRead : values.notOnRecord;
  return [
    row(labels.department, clean(person?.department ?? null, missing)),
    row(labels.objectId, idTail(stored.case.caller)),
  ];
}

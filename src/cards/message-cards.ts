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
export function recoveryStartedFields(view: NoticeView, strings: Strings): CardFields {
  const cardStrings = strings.cards['notice-recovery-started'];
  return {
    ...plainHead(view.stored, cardStrings, { headline: cardStrings.headline, tone: 'warning' }, strings),
    summary: cardStrings.headline,
    facts: noticeRows(view, strings),
  };
}

/** The fields of `notice-pass-issued`, for the caller or for their manager. */
export function passIssuedFields(view: NoticeView, strings: Strings): CardFields {
  const cardStrings = strings.cards['notice-pass-issued'];
  const toManager = view.reader === 'manager';
  const headline = toManager ? cardStrings.headlineManager : cardStrings.headline;
  return {
    ...plainHead(view.stored, cardStrings, { headline, tone: 'warning' }, strings),
    summary: headline,
    allIsWell: toManager ? cardStrings.itWasThem : cardStrings.itWasMe,
    notMe: toManager ? cardStrings.notThem : cardStrings.notMe,
    facts: noticeRows(view, strings),
  };
}

/** The fields of `manager-question`. */
export function managerQuestionFields(view: ManagerQuestionView, strings: Strings): CardFields {
  const cardStrings = strings.cards['manager-question'];
  const { messageLabels: labels } = strings;
  return {
    ...plainHead(view.stored, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    summary: cardStrings.headline,
    facts: [
      row(labels.caller, clean(view.callerName, strings.values.unknownName)),
      row(labels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(labels.answerBy, clock(view.expiresAt, view.now, view.timeZone)),
      wordsRow(view.matchingWords, strings),
    ],
  };
}

/** The fields of `approval-request`: who, worked by whom, on what proof, and why a second person. */
export function approvalRequestFields(view: ApprovalView, strings: Strings): CardFields {
  const cardStrings = strings.cards['approval-request'];
  return {
    ...plainHead(view.stored, cardStrings, { headline: cardStrings.headline, tone: 'warning' }, strings, view.person),
    subject: view.subject,
    reasons: riskLines(view.reasons, strings),
    facts: [
      ...personRows(view.stored, view.person, strings),
      row(strings.messageLabels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(strings.messageLabels.proof, strings.proofs[view.proofBy]),
      row(
        strings.messageLabels.asked,
        strings.phrases.askedExpires(age(view.askedAt, view.now), clock(view.expiresAt, view.now, view.timeZone)),
      ),
      wordsRow(view.matchingWords, strings),
    ],
  };
}

/** The fields of `alarm`. */
export function alarmFields(view: AlarmView, strings: Strings): CardFields {
  const cardStrings = strings.cards.alarm;
  const { headline, lead } = strings.alarms[view.alarm];
  return {
    ...plainHead(view.stored, cardStrings, { headline, tone: 'attention' }, strings, view.person),
    lead: [lead, ...(view.notices ?? []).map((code) => strings.risks.notices[code])].join(' '),
    facts: [
      ...personRows(view.stored, view.person, strings),
      row(strings.messageLabels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(strings.messageLabels.at, clock(view.now, view.now, view.timeZone)),
      wordsRow(view.matchingWords, strings),
    ],
  };
}

/** The fields of `request-closed`: what became of a question, and who answered it. */
export function requestClosedFields(view: RequestClosedView, strings: Strings): CardFields {
  const cardStrings = strings.cards['request-closed'];
  const { headline, lead } = strings.requests[view.outcome];
  const { messageLabels: labels, values } = strings;
  const asked = row(labels.question, strings.requestPurposes[view.purpose]);
  const when = row(labels.at, clock(view.at, view.now, view.timeZone));
  const decided = view.outcome !== 'expired' && view.outcome !== 'withdrawn';
  return {
    ...plainHead(view.stored, cardStrings, { headline, tone: REQUEST_TONES[view.outcome] }, strings),
    lead,
    facts: decided ? [asked, row(labels.decidedBy, clean(view.byName, values.unknownName)), when] : [asked, when],
  };
}

function noticeRows(view: NoticeView, strings: Strings): readonly Row[] {
  const { messageLabels: labels, values } = strings;
  const rows = [
    row(labels.technician, clean(view.technicianName, values.unknownName)),
    row(labels.at, clock(view.now, view.now, view.timeZone)),
  ];
  if (view.reader === 'manager') rows.unshift(row(labels.caller, clean(view.callerName, values.unknownName)));
  if (view.usableUntil !== null) rows.push(row(labels.validUntil, clock(view.usableUntil, view.now, view.timeZone)));
  rows.push(wordsRow(view.matchingWords, strings));
  return rows;
}

function wordsRow([first, second]: MatchingWords, strings: Strings): Row {
  return { ...row(strings.messageLabels.matchingWords, strings.phrases.pair(first, second)), weight: 'bolder' };
}

function personRows(stored: StoredCase, person: Person | null, strings: Strings): readonly Row[] {
  const { messageLabels: labels, values } = strings;
  const missing = person === null ? values.notRead : values.notOnRecord;
  return [
    row(labels.department, clean(person?.department ?? null, missing)),
    row(labels.objectId, idTail(stored.case.caller)),
  ];
}

/**
 * Cards for people who did not just write or click: the caller, their manager, approvers, leads.
 * None of them holds a pass or asks for a secret.
 */
import type { Person } from '../casework/ports/directory.ts';
import type { StoredCase } from '../casework/ports/ledger.ts';
import { plainHead } from './answer-cards.ts';
import { clean, idTail, noLines, riskLines, row, stillNeededRow, type Row, type Tone } from './card-fields.ts';
import type { AlarmView, ApprovalView, ManagerQuestionView, NoticeView } from '../casework/ports/message-views.ts';
import type { RequestClosedView, RequestOutcome } from '../casework/ports/message-views.ts';
import { age, clock } from './time-format.ts';
import type { CardFields } from './templates.ts';
import type { MatchingWords } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

const REQUEST_TONES = {
  approved: 'good',
  'approved-once': 'good',
  denied: 'attention',
  confirmed: 'good',
  declined: 'attention',
  expired: 'emphasis',
  withdrawn: 'emphasis',
  moved: 'emphasis',
} satisfies Record<RequestOutcome, Tone>;

/** Nobody answered these. */
const UNDECIDED: ReadonlySet<RequestOutcome> = new Set<RequestOutcome>(['expired', 'withdrawn', 'moved']);

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
    lead: toManager ? cardStrings.leadManager : cardStrings.lead,
    allIsWell: toManager ? cardStrings.itWasThem : cardStrings.itWasMe,
    notMe: toManager ? cardStrings.notThem : cardStrings.notMe,
    facts: noticeRows(view, strings),
  };
}

/** The fields of `manager-question`. */
export function managerQuestionFields(view: ManagerQuestionView, strings: Strings): CardFields {
  const cardStrings = strings.cards['manager-question'];
  const { rowLabels } = strings;
  return {
    ...plainHead(view.stored, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    summary: cardStrings.headline,
    question: view.question,
    facts: [
      row(rowLabels.caller, clean(view.callerName, strings.values.unknownName)),
      row(rowLabels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(rowLabels.deadline, clock(view.expiresAt, view, strings)),
      matchingWordsRow(view.matchingWords, strings),
    ],
  };
}

/** The fields of `approval-request`: who, which technician, on what proof, and why a second person. */
export function approvalRequestFields(view: ApprovalView, strings: Strings): CardFields {
  const cardStrings = strings.cards['approval-request'];
  // What the "no" was, and when, says more than that there was one.
  const reasons = view.reasons.filter((reason) => reason !== 'earlier-no' || view.noes.length === 0);
  const vouched = row(strings.rowLabels.manager, clean(view.vouchedBy, strings.values.unknownName));
  return {
    ...plainHead(view.stored, cardStrings, { headline: cardStrings.headline, tone: 'warning' }, strings, view.person),
    subject: view.subject,
    reasons: [...noLines(view, strings), ...riskLines(reasons, strings)],
    facts: [
      ...personRows(view.stored, view.person, strings),
      row(strings.rowLabels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(strings.rowLabels.proof, strings.proofs[view.proofBy]),
      ...(view.proofBy === 'manager' ? [vouched] : []),
      ...(view.stillNeeded.length === 0 ? [] : [stillNeededRow(view.stillNeeded, strings)]),
      row(
        strings.rowLabels.request,
        strings.phrases.askedExpires(age(view.askedAt, view.now, strings), clock(view.expiresAt, view, strings)),
      ),
      matchingWordsRow(view.matchingWords, strings),
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
      row(strings.rowLabels.technician, clean(view.technicianName, strings.values.unknownName)),
      row(strings.rowLabels.time, clock(view.now, view, strings)),
      matchingWordsRow(view.matchingWords, strings),
    ],
  };
}

/** The fields of `request-closed`: what became of a question, and who answered it. */
export function requestClosedFields(view: RequestClosedView, strings: Strings): CardFields {
  const { headline, lead } = strings.requests[view.outcome];
  const { rowLabels, values } = strings;
  const asked = row(rowLabels.question, strings.requestPurposes[view.purpose]);
  const when = row(rowLabels.time, clock(view.at, view, strings));
  const decided = !UNDECIDED.has(view.outcome);
  return {
    ...plainHead(view.stored, {}, { headline, tone: REQUEST_TONES[view.outcome] }, strings),
    lead,
    facts: decided ? [asked, row(rowLabels.answerFrom, clean(view.byName, values.unknownName)), when] : [asked, when],
  };
}

function noticeRows(view: NoticeView, strings: Strings): readonly Row[] {
  const { rowLabels, values } = strings;
  const rows = [
    row(rowLabels.technician, clean(view.technicianName, values.unknownName)),
    row(rowLabels.time, clock(view.now, view, strings)),
  ];
  if (view.reader === 'manager') rows.unshift(row(rowLabels.caller, clean(view.callerName, values.unknownName)));
  if (view.usableUntil !== null) rows.push(row(rowLabels.validUntil, clock(view.usableUntil, view, strings)));
  rows.push(matchingWordsRow(view.matchingWords, strings));
  return rows;
}

function matchingWordsRow([first, second]: MatchingWords, strings: Strings): Row {
  return { ...row(strings.rowLabels.matchingWords, strings.phrases.pair(first, second)), weight: 'bolder' };
}

function personRows(stored: StoredCase, person: Person | null, strings: Strings): readonly Row[] {
  const { rowLabels, values } = strings;
  const missing = person === null ? values.notRead : values.notOnRecord;
  return [
    row(rowLabels.department, clean(person?.department ?? null, missing)),
    row(rowLabels.objectId, idTail(stored.case.caller)),
  ];
}

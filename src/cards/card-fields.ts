/**
 * What all cards share: the head, aligned rows, stops and risks as lines.
 * Whatever people or the directory wrote passes plainText on its way into a field.
 */
import type { StateName } from '../procedure/case.ts';
import type { EarlierNo, Instant, UnreadReason } from '../procedure/facts.ts';
import type { RiskReason } from '../procedure/risk-reasons.ts';
import type { StillNeeded } from '../procedure/second-persons.ts';
import type { Stop } from '../procedure/stops.ts';
import { passWillNotHelp } from './diagnosis-line.ts';
import { age, clock } from './time-format.ts';
import { mixesAlphabets, plainText } from './plain-text.ts';
import { reachNotice } from './reach-line.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** On the cards of these states, the technician must read that a pass will not help before they issue one. */
const TOWARD_A_PASS: ReadonlySet<StateName> = new Set([
  'choosing-proof',
  'awaiting-callback',
  'awaiting-manager',
  'awaiting-approval',
  'ready-to-issue',
]);

/** The color of a card's head: good news, a warning, an alarm. */
export type Tone = 'accent' | 'good' | 'warning' | 'attention' | 'emphasis';
/** The color of one line. */
export type Color = 'default' | 'good' | 'warning' | 'attention';

/** A label and its value, aligned in a table. Both are shown as TextRuns. */
export type Row = Readonly<Record<'label' | 'value' | 'color' | 'weight', string>>;

/** One aligned row. `value` of people must have passed plainText. */
export function row(label: string, value: string, color: Color = 'default'): Row {
  return { label, value, color, weight: color === 'default' ? 'default' : 'bolder' };
}

/** Clean text of people or the directory; `instead` where nothing visible is there. */
export function clean(raw: string | null, instead: string): string {
  const text = raw === null ? '' : plainText(raw);
  return text === '' ? instead : text;
}

/** The last six digits of an object id: enough to tell two people apart, too few to look anybody up. */
export function idTail(id: string): string {
  return `…${id.replace(/[^0-9a-f-]/gi, '').slice(-6)}`;
}

/** The caller's name as shown; where names were not read, the tail of the object id. */
function callerName(view: CaseView, strings: Strings): string {
  const tail = idTail(view.stored.case.caller);
  return clean(view.profile?.person.displayName ?? null, `${strings.values.unknownName} ${tail}`);
}

/** The fields of every case card: head, case and version for the buttons, notices, and the fixed texts of its template. */
export function caseCardFields(
  view: CaseView,
  strings: Strings,
  cardStrings: Readonly<Record<string, string>>,
  head: { readonly headline: string; readonly tone: Tone },
): CardFields {
  const caseLine = strings.phrases.caseNumber(view.stored.case.id);
  const signIn = clean(view.profile?.person.userPrincipalName ?? null, '');
  return {
    strings: cardStrings,
    ...head,
    ...matching(view, strings),
    hasWhere: true,
    caseLine: `${caseLine} · `,
    who: callerName(view, strings),
    whoMore: signIn === '' ? '' : ` · ${signIn}`,
    caseId: view.stored.case.id,
    v: view.stored.version,
    notices: notices(view, strings),
    abandonChoices: choices(strings.labels.abandons),
    summary: `${caseLine}: ${head.headline}`,
  };
}

/** The two strings of the case, for the cards from the choice of a proof on. Where the caller has no message, there is nothing to match. */
function matching({ matchingWords: [first, second], notices: shown }: CaseView, strings: Strings): CardFields {
  const note = shown.includes('caller-notified-in-teams') ? strings.values.wordsSent : strings.values.wordsPerhapsSent;
  return {
    hasMatching: !shown.includes('caller-not-reachable-in-teams'),
    matching: strings.phrases.pair(first, second),
    matchingNote: ` ${note}`,
  };
}

/** Radio choices from a closed list of codes and their names. */
function choices(names: Readonly<Record<string, string>>): readonly CardData[] {
  return Object.entries(names).map(([value, title]) => ({ title, value }));
}

/** Stops as lines: what it means, the detail (a role, a reason), whom to call. */
export function stopLines(stops: readonly Stop[], strings: Strings): readonly CardData[] {
  return stops.map(({ code, detail }) => {
    const known = clean(isUnread(detail, strings) ? strings.labels.unread[detail] : detail, '');
    return { ...strings.stops[code], detail: known === '' ? '' : ` (${known})` };
  });
}

/** Risk reasons as lines. */
export function riskLines(reasons: readonly RiskReason[], strings: Strings): readonly string[] {
  return reasons.map((reason) => strings.risks.risks[reason]);
}

/** Every "no" about the caller that still counts, one plain line each. */
export function noLines(
  view: { readonly noes: readonly EarlierNo[]; readonly now: Instant },
  strings: Strings,
): readonly string[] {
  return view.noes.map(({ kind, at }) =>
    strings.phrases.earlierNo(strings.risks.noes[kind], age(at, view.now, strings)),
  );
}

/** Who still has to approve, as one row. */
export function stillNeededRow(missing: readonly StillNeeded[], strings: Strings): Row {
  const who = missing.length > 1 ? strings.risks.stillNeeded.both : strings.risks.stillNeeded[missing[0] ?? 'anybody'];
  return row(strings.rowLabels.stillNeeded, who, 'warning');
}

/** The same for the technician's cards, without what the banner of the mode says already. */
export function riskLinesBelowBanner(view: CaseView, strings: Strings): readonly string[] {
  const inBanner: readonly RiskReason[] = view.threatMode === 'normal' ? [] : ['elevated-mode', 'spike-mode'];
  return riskLines(
    view.risks.filter((reason) => !inBanner.includes(reason)),
    strings,
  );
}

/** One line of the banner: our sentence, and beside it what people wrote or are called. */
interface Notice {
  readonly text: string;
  readonly more: string;
}

function notices(view: CaseView, strings: Strings): readonly CardData[] {
  const lookAlike = view.profile !== null && mixesAlphabets(plainText(view.profile.person.displayName));
  const all: readonly (Notice | null)[] = [
    modeNotice(view, strings),
    TOWARD_A_PASS.has(view.stored.case.state.kind) ? passWillNotHelp(view, strings) : null,
    ...(view.stored.case.state.kind === 'closed' ? [] : noLines(view, strings)).map((text) => ({ text, more: '' })),
    lookAlike ? { text: strings.values.lookAlike, more: '' } : null,
    view.reach === null ? null : reachNotice(view.reach, strings),
    ...view.notices.map((code) => ({ text: strings.risks.notices[code], more: '' })),
  ];
  return all.filter((one) => one !== null).map((one) => ({ ...one }));
}

/** The mode is on every case card, with since when and by whom. */
function modeNotice(view: CaseView, strings: Strings): Notice | null {
  const { threatMode, modeLine } = view;
  if (threatMode === 'normal') return null;
  const spike = modeLine !== null && modeLine.spike;
  const text = spike && threatMode === 'elevated' ? strings.risks.spikeMode : strings.risks.modes[threatMode];
  if (modeLine?.since === null || modeLine === null) return { text, more: '' };
  const since = strings.phrases.since(clock(modeLine.since, view, strings));
  const by = spike ? strings.values.botName : clean(modeLine.byName, '');
  return { text, more: ` ${by === '' ? since : strings.phrases.sinceBy(since, by)}` };
}

function isUnread(detail: string, strings: Strings): detail is UnreadReason {
  return Object.hasOwn(strings.labels.unread, detail);
}

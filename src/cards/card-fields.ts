/**
 * What all cards share: the head, aligned rows, stops and risks as lines.
 * The one rule kept here: whatever came from people or the directory passes plainText on its way into a field.
 */
import type { StateName } from '../procedure/case.ts';
import type { UnreadReason } from '../procedure/facts.ts';
import type { RiskReason } from '../procedure/risk-reasons.ts';
import type { Stop } from '../procedure/stops.ts';
import { passWillNotHelp } from './diagnosis-line.ts';
import { clock } from './time-format.ts';
import { mixesAlphabets, plainText } from './plain-text.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** Where that a pass will not help must be said before one is issued. */
const TOWARD_A_PASS: ReadonlySet<StateName> = new Set([
  'choosing-proof',
  'awaiting-callback',
  'awaiting-manager',
  'awaiting-approval',
  'ready-to-issue',
]);

/** The color of a card's head: what kind of moment this is. */
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
export function callerName(view: CaseView, words: Strings): string {
  const tail = idTail(view.stored.case.caller);
  return clean(view.profile?.person.displayName ?? null, `${words.values.unknownName} ${tail}`);
}

/** The fields of every case card: head, buttons' case and version, notices, and the words of its template. */
export function caseCardFields(
  view: CaseView,
  words: Strings,
  say: Readonly<Record<string, string>>,
  head: { readonly headline: string; readonly tone: Tone },
): CardFields {
  const caseLine = words.phrases.caseNumber(view.stored.case.id);
  const signIn = clean(view.profile?.person.userPrincipalName ?? null, '');
  return {
    say,
    ...head,
    ...matching(view, words),
    hasWhere: true,
    caseLine: `${caseLine} · `,
    who: callerName(view, words),
    whoMore: signIn === '' ? '' : ` · ${signIn}`,
    caseId: view.stored.case.id,
    v: view.stored.version,
    notices: notices(view, words),
    abandonChoices: choices(words.names.abandons),
    summary: `${caseLine}: ${head.headline}`,
  };
}

/** The two words of the case, for the cards from the choice of a proof on. Where the caller has no message, there is nothing to match. */
function matching({ matchingWords: [first, second], notices: told }: CaseView, words: Strings): CardFields {
  const note = told.includes('caller-told-in-teams') ? words.values.wordsTold : words.values.wordsPerhaps;
  return {
    hasMatching: !told.includes('caller-not-reachable-in-teams'),
    matching: words.phrases.pair(first, second),
    matchingNote: ` ${note}`,
  };
}

/** Radio choices from a closed list of codes and their names. */
export function choices(names: Readonly<Record<string, string>>): readonly CardData[] {
  return Object.entries(names).map(([value, title]) => ({ title, value }));
}

/** Stops as lines: what it means, the detail (a role, a reason), whom to call. */
export function stopLines(stops: readonly Stop[], words: Strings): readonly CardData[] {
  return stops.map(({ code, detail }) => {
    const known = clean(isUnread(detail, words) ? words.names.unread[detail] : detail, '');
    return { ...words.stops[code], detail: known === '' ? '' : ` (${known})` };
  });
}

/** Risk reasons as lines. */
export function riskLines(reasons: readonly RiskReason[], words: Strings): readonly string[] {
  return reasons.map((reason) => words.risks.risks[reason]);
}

/** The same for the technician's cards, without what the banner of the mode says already. */
export function riskLinesBelowBanner(view: CaseView, words: Strings): readonly string[] {
  const said: readonly RiskReason[] = view.threatMode === 'normal' ? [] : ['elevated-mode', 'spike-mode'];
  return riskLines(
    view.risks.filter((reason) => !said.includes(reason)),
    words,
  );
}

/** One line of the banner: our sentence, and beside it what people wrote or are called. */
interface Notice {
  readonly text: string;
  readonly more: string;
}

function notices(view: CaseView, words: Strings): readonly CardData[] {
  const lookAlike = view.profile !== null && mixesAlphabets(plainText(view.profile.person.displayName));
  const all: readonly (Notice | null)[] = [
    modeNotice(view, words),
    TOWARD_A_PASS.has(view.stored.case.state.kind) ? passWillNotHelp(view, words) : null,
    lookAlike ? { text: words.values.lookAlike, more: '' } : null,
    ...view.notices.map((code) => ({ text: words.risks.notices[code], more: '' })),
  ];
  return all.filter((one) => one !== null).map((one) => ({ ...one }));
}

/** The mode stands on every case card, with since when and by whom. */
function modeNotice(view: CaseView, words: Strings): Notice | null {
  const { threatMode, modeLine } = view;
  if (threatMode === 'normal') return null;
  const spike = modeLine !== null && modeLine.spike;
  const text = spike && threatMode === 'elevated' ? words.risks.spikeMode : words.risks.modes[threatMode];
  if (modeLine?.since === null || modeLine === null) return { text, more: '' };
  const since = words.phrases.since(clock(modeLine.since, view.now, view.timeZone));
  const by = spike ? words.desk.botName : clean(modeLine.byName, '');
  return { text, more: ` ${by === '' ? since : words.phrases.sinceBy(since, by)}` };
}

function isUnread(detail: string, words: Strings): detail is UnreadReason {
  return Object.hasOwn(words.names.unread, detail);
}

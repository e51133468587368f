/**
 * What looking at accounts and cases, and being refused, leaves in the ledger. Nobody is shown a case, a log or the result of a
 * search before its entry is durable, and every "no" has one.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { AccessDenial } from '../ports/card-views.ts';
import { isUnwritable } from '../ports/fault.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import type { LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { CardMessage } from '../ports/messenger.ts';
import type { TurnServices } from '../services.ts';
import { requestRefusedEntry } from '../steps/entries.ts';
import type { Arrived } from './arrivals.ts';

/** What somebody was refused, outside of any step of the procedure. */
export interface RefusedRequest {
  readonly by: PersonId;
  /** The verb of the button, the kind of the command, or `button` for one that none of our cards has. */
  readonly asked: string;
  readonly because: string;
  /** The case it was about, where there is one. */
  readonly at?: StoredCase | null;
  /** Set when it was not in a personal chat. */
  readonly chat?: 'group' | 'channel';
}

/** The entries of a refusal: none when this person was refused so often that it is only counted. */
export function refusalEntries(
  { limits }: Pick<TurnServices, 'limits'>,
  { by, asked, because, at = null, chat }: RefusedRequest,
): readonly LedgerEntry[] {
  const entry = requestRefusedEntry(by, at?.case.caller ?? null, asked, because);
  const detail = chat === undefined ? entry.detail : { ...entry.detail, chat };
  return limits.refusal({ ...entry, caseId: at?.case.id ?? null, detail });
}

/** What became of entries without which the answer is given all the same. */
export type Noted = 'recorded' | 'repeated' | 'unrecorded';

/**
 * Writes entries about what is answered whether or not it can be written down: a refusal, guidance, the link. Never use it for
 * anything guarded. `unrecorded`: the ledger cannot be written; that is counted, and written down when it can be again.
 */
export async function note(
  { ledgerWatch, log }: Pick<TurnServices, 'ledgerWatch' | 'log'>,
  arrived: Arrived,
  entries: readonly LedgerEntry[],
): Promise<Noted> {
  try {
    return (await arrived.record(entries)) ? 'recorded' : 'repeated';
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    if (entries.length > 0) {
      ledgerWatch.unrecorded();
      log.error({}, 'something was answered that could not be recorded');
    }
    return 'unrecorded';
  }
}

/**
 * Records a refusal and gives the card that says so. The words are the same when it is only counted: a difference would tell what
 * exists. `null`: the message arrived before.
 */
export async function refuse(
  services: TurnServices,
  arrived: Arrived,
  refused: RefusedRequest,
  code: AccessDenial,
): Promise<CardMessage | null> {
  const noted = await note(services, arrived, refusalEntries(services, refused));
  if (noted === 'repeated') return null;
  return services.cards.refusal({ refusal: { code }, at: null, recorded: noted === 'recorded' });
}

/** How somebody came to be shown a case. `outdated-button`: a button of a card that shows an earlier state. */
export type Look = 'command' | 'button' | 'outdated-button' | 'asked-again';

/** What a look at a case comes to. `too-fast`: this person looked too often, and the refusal was recorded. */
export type Looked = 'recorded' | 'repeated' | 'too-fast';

/** A press that came too late: which button, and which version of the case its card showed. */
export interface LostPress {
  readonly asked: string;
  readonly shown: number;
}

/** Records that somebody is about to be shown a case, and with it the press that came too late, if one led to it. */
export async function recordLook(
  services: TurnServices,
  arrived: Arrived,
  by: PersonId,
  stored: StoredCase,
  how: Look,
  lost: LostPress | null = null,
): Promise<Looked> {
  const { id, caller, state } = stored.case;
  if (!(await services.limits.mayLook(by))) return tooFast(services, arrived, { by, asked: 'show-case', at: stored });
  const entry = entryOf('case.read', { actor: by, about: caller, caseId: id }, { in: state.kind, how });
  const entries = lost === null ? [entry] : [lostEntry(by, stored, lost), entry];
  return (await arrived.record(entries)) ? 'recorded' : 'repeated';
}

/** The entry of a press that came too late, on a case as it is now. */
function lostEntry(by: PersonId, { case: at, version }: StoredCase, { asked, shown }: LostPress): LedgerEntry {
  const parties = { actor: by, about: at.caller, caseId: at.id };
  return entryOf('case.press-lost', parties, { asked, in: at.state.kind, shown, current: version });
}

/** Records that somebody is about to be shown the log, of one case or of all. */
export async function recordLogLook(
  services: TurnServices,
  arrived: Arrived,
  by: PersonId,
  stored: StoredCase | null,
): Promise<Looked> {
  if (!(await services.limits.mayLook(by))) return tooFast(services, arrived, { by, asked: 'show-log', at: stored });
  const caseId: CaseId | null = stored?.case.id ?? null;
  const about = stored?.case.caller ?? null;
  const entry = entryOf('log.read', { actor: by, about, caseId }, {});
  return (await arrived.record([entry])) ? 'recorded' : 'repeated';
}

async function tooFast(
  services: TurnServices,
  arrived: Arrived,
  refused: Omit<RefusedRequest, 'because'>,
): Promise<'too-fast' | 'repeated'> {
  const entries = refusalEntries(services, { ...refused, because: 'too-fast' });
  return (await note(services, arrived, entries)) === 'repeated' ? 'repeated' : 'too-fast';
}

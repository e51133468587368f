/**
 * What looking at accounts and cases, and being refused, leaves in the ledger. Nobody is shown a case, a log or the result of a
 * search before its entry is durable, and every "no" has one.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { AccessDenial } from '../ports/card-views.ts';
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

/**
 * Records a refusal and gives the card that says so. The words are the same when it is only counted: a difference would tell what
 * exists. `null`: the message arrived before. Throws Fault when the ledger cannot be written.
 */
export async function refuse(
  services: TurnServices,
  arrived: Arrived,
  refused: RefusedRequest,
  code: AccessDenial,
): Promise<CardMessage | null> {
  if (!(await arrived.record(refusalEntries(services, refused)))) return null;
  return services.cards.refusal({ refusal: { code }, at: null });
}

/** How somebody came to be shown a case. `outdated-button`: a button of a card that shows an earlier state. */
export type Look = 'command' | 'button' | 'outdated-button' | 'asked-again';

/** What a look at a case comes to. `too-fast`: this person looked too often, and the refusal was recorded. */
export type Looked = 'recorded' | 'repeated' | 'too-fast';

/** Records that somebody is about to be shown a case. */
export async function recordLook(
  services: TurnServices,
  arrived: Arrived,
  by: PersonId,
  stored: StoredCase,
  how: Look,
): Promise<Looked> {
  const { id, caller, state } = stored.case;
  if (!(await services.limits.mayLook(by))) return tooFast(services, arrived, { by, asked: 'show-case', at: stored });
  const detail = { in: state.kind, how };
  const entry = { code: 'case.read', actor: by, about: caller, caseId: id, intentId: null, detail } as const;
  return (await arrived.record([entry])) ? 'recorded' : 'repeated';
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
  const entry = { code: 'log.read', actor: by, about, caseId, intentId: null, detail: {} } as const;
  return (await arrived.record([entry])) ? 'recorded' : 'repeated';
}

async function tooFast(
  services: TurnServices,
  arrived: Arrived,
  refused: Omit<RefusedRequest, 'because'>,
): Promise<'too-fast' | 'repeated'> {
  const entries = refusalEntries(services, { ...refused, because: 'too-fast' });
  return (await arrived.record(entries)) ? 'too-fast' : 'repeated';
}

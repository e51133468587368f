/**
 * English: the modes, and how a lead changes them. A mode is explained by what it means for the next case.
 */
import type { ThreatMode } from '../../../casework/ports/card-views.ts';
import { howMany, type Listed } from './people-listed.ts';

/** Headline and meaning of each mode. */
export const sentences = {
  normal: { headline: 'Normal mode', lead: 'Passes are issued under the usual rules.' },
  elevated: { headline: 'Elevated mode is on', lead: 'Every pass needs a second person, whatever the proof.' },
  lockdown: {
    headline: 'Lockdown is on',
    lead: 'No passes are issued. Callers can still reset their password themselves.',
  },
} satisfies Record<ThreatMode, { headline: string; lead: string }>;

/** Why Hardline raised the mode by itself. */
export const spike: string = 'Far more recoveries than usual within an hour';

/** Whether the other leads know of the mode. `spike`: no lead changed it, so nobody is "the other". */
export const notice = {
  sending: 'The other leads are being told in Teams.',
  'no-other-lead': 'There is no other lead to tell.',
  reached: (reached: number, of: number, listed: Listed, spike: boolean): string =>
    `${reached} of ${howMany(of, listed)} ${spike ? '' : 'other '}${of === 1 ? 'lead' : 'leads'} ${reached === 1 ? 'was' : 'were'} told in Teams.`,
  nobody: (spike: boolean): string =>
    `No ${spike ? '' : 'other '}lead was reached in Teams. Call one of them. Hardline tries again for a day.`,
  unread: (_spike: boolean): string =>
    'The leads could not be read, so nobody was told. Call one of them. Hardline tries again for a day.',
  'not-known': (spike: boolean): string =>
    `It is not known whether ${spike ? 'a' : 'another'} lead was told. Hardline tries again.`,
};

/** The passes that were issued before lockdown, for the leads. */
export const passes = {
  count: (alive: number, others: number): string => {
    const work =
      alive === 0 ? 'No pass still works.' : alive === 1 ? '1 pass still works.' : `${alive} passes still work.`;
    if (others === 0) return work;
    return `${work} ${others} ${others === 1 ? 'more is' : 'more are'} being deleted or looked for.`;
  },
  alive: (until: string): string => `works until ${until}`,
  'being-deleted': (_until: string): string => 'is being deleted',
  ordered: (_until: string): string => 'was ordered; it may exist',
  more: (count: number): string => `and ${count} more`,
  takenBack: (done: number, of: number): string =>
    `The deletion of ${done} of ${of} ${of === 1 ? 'pass' : 'passes'} has begun. A pass counts as gone a minute later, after a second look. Write "mode" to see what is left.`,
};

const ELEVATED = { write: 'elevated on REASON', does: 'every pass needs a second person' };
const LOCKDOWN = { write: 'lockdown on REASON', does: 'no passes at all' };
const NORMAL = (write: string) => ({ write, does: 'back to the usual rules' });

/** What a lead can write in each mode. */
export const commands = {
  normal: [LOCKDOWN, ELEVATED],
  elevated: [NORMAL('elevated off REASON'), LOCKDOWN],
  lockdown: [NORMAL('lockdown off REASON'), ELEVATED],
} satisfies Record<ThreatMode, readonly { write: string; does: string }[]>;

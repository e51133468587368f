/**
 * Who is entitled to a press, by the columns of the table of actions and by where the person stands now. Written apart from the
 * code that decides it: the test beside this file compares the two.
 */
import type { ActionActor, ActionRow, Role } from '../../src/procedure/actions.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, LENA, MARA, STRANGER, TESS, TOM } from '../casework/fixtures.ts';

const AUDITOR = 'a0000000-0000-4000-8000-000000000005' as PersonId;
const LEO = 'a0000000-0000-4000-8000-000000000006' as PersonId;

/** Somebody who presses. The case is Tess's, about Lena, whose manager is Mara. */
export interface Sender {
  readonly who: string;
  readonly person: PersonId;
  readonly roles: readonly Role[];
}

const sender = (who: string, person: PersonId, ...roles: readonly Role[]): Sender => ({ who, person, roles });

export const SENDERS: readonly Sender[] = [
  sender('the technician of the case', TESS, 'technician'),
  sender('the technician of the case, who also approves', TESS, 'technician', 'approver'),
  sender('the technician of the case, who is also a lead', TESS, 'technician', 'lead'),
  sender('another technician', TOM, 'technician'),
  sender('another technician, who also approves', TOM, 'technician', 'approver'),
  sender('an approver', ABEL, 'approver'),
  sender('a lead', LEO, 'lead'),
  sender('an approver, who is also a lead', ADA, 'approver', 'lead'),
  sender('an auditor', AUDITOR, 'auditor'),
  sender('an auditor, who also approves', AUDITOR, 'auditor', 'approver'),
  sender('the manager', MARA),
  sender('the manager, who also approves', MARA, 'approver'),
  sender('the caller', LENA),
  sender('the caller, who also approves', LENA, 'approver'),
  sender('the caller, who is also a lead', LENA, 'lead'),
  sender('nobody in particular', STRANGER),
];

/** What has happened to the sender a moment ago. `left`: the group of one role, or of all. */
export type Happening =
  | { readonly kind: 'as-before' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'left'; readonly keeps: readonly Role[] }
  | { readonly kind: 'unread' };

/** Every standing a sender can have: whoever holds two roles can also lose one of them. */
export function standingsOf({ roles }: Sender): readonly Happening[] {
  const losses = roles.length > 1 ? roles.map((lost) => roles.filter((role) => role !== lost)) : [];
  return [
    { kind: 'as-before' },
    { kind: 'disabled' },
    { kind: 'unread' },
    ...(roles.length === 0 ? [] : [[], ...losses].map((keeps) => ({ kind: 'left', keeps }) as const)),
  ];
}

/** What a press comes to. `refused-unread`: their roles could not be read. */
export type Outcome = 'done' | 'refused' | 'refused-disabled' | 'refused-unread';

/** Buttons that carry somebody's word about their own account or their own report: the directory is not asked who they are. */
const NEEDS_NO_ROLE: ReadonlySet<ActionActor> = new Set(['manager', 'account-owner']);

const MAY: Readonly<Record<ActionActor, (roles: readonly Role[], person: PersonId) => boolean>> = {
  'any-technician': (roles) => roles.includes('technician'),
  'case-technician': (roles, person) => roles.includes('technician') && person === TESS,
  // Tess sees her own case; those of others are seen by approvers, auditors and leads.
  helpdesk: (roles, person) => (person === TESS ? roles.length > 0 : roles.some((role) => role !== 'technician')),
  // The case of this test waits for an approver, and not for a lead; who works it, or is its caller, never decides.
  approver: (roles, person) => roles.includes('approver') && person !== TESS && person !== LENA,
  manager: (_roles, person) => person === MARA,
  'account-owner': (_roles, person) => person === LENA || person === MARA,
  lead: (roles) => roles.includes('lead'),
};

/** The rule. `known`: the roles were read less than a minute ago, before it happened. */
export function outcomeOf(row: ActionRow, { person, roles }: Sender, standing: Happening, known: boolean): Outcome {
  const { actor } = row;
  const goesByOldRoles = known && row.roles === 'cached';
  if (NEEDS_NO_ROLE.has(actor) || goesByOldRoles || standing.kind === 'as-before') {
    return MAY[actor](roles, person) ? 'done' : 'refused';
  }
  if (standing.kind === 'unread') return 'refused-unread';
  if (standing.kind === 'disabled') return 'refused-disabled';
  return MAY[actor](standing.keeps, person) ? 'done' : 'refused';
}

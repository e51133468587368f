/**
 * What the form of a policy file cannot say: figures that do not fit together, and rules that a file must not switch off.
 */
import type { Policy } from '../procedure/policy.ts';
import type { ChosenReason } from '../procedure/risk-reasons.ts';
import { notHarmless } from './harmless-roles.ts';
import type { Problems } from './environment.ts';
import { isTimeZone } from './time-zone.ts';

/** A second person for these is no matter of taste: two are switched on in an emergency, and the third is about two friends. */
const ALWAYS: readonly ChosenReason[] = ['elevated-mode', 'spike-mode', 'close-to-technician'];

/** What else is configured and would mean nothing without a second person. */
export interface Alongside {
  readonly hasVipGroup: boolean;
}

/** Notes what is wrong with a policy as a whole, each under its path in the file. */
export function checkPolicy(policy: Policy, { hasVipGroup }: Alongside, problems: Problems): void {
  const note = (path: string, sentence: string): void => void problems.set(`policy file, ${path}`, sentence);
  policy.harmlessRoles.forEach((role, at) => {
    const why = notHarmless(role);
    if (why !== null) note(`harmlessRoles.${at}`, why);
  });
  const needed = [
    ...ALWAYS,
    ...(hasVipGroup ? (['vip'] as const) : []),
    ...(policy.officeHours === null ? [] : (['out-of-hours'] as const)),
  ];
  const leftOut = needed.filter((reason) => !policy.secondPersonFor.includes(reason));
  if (leftOut.length > 0) note('secondPersonFor', `must not leave out ${leftOut.join(', ')}.`);
  for (const other of ['approvalValidMinutes', 'managerAnswerMinutes', 'proofValidMinutes'] as const) {
    if (policy.idleMinutes < policy[other]) {
      note('idleMinutes', `must not be less than ${other}; the case would expire before anybody can act.`);
    }
  }
  const hours = policy.officeHours;
  if (hours === null) return;
  if (!isTimeZone(hours.timeZone)) note('officeHours.timeZone', 'must be an IANA time zone such as Europe/Berlin.');
  if (hours.toHour <= hours.fromHour) note('officeHours.toHour', 'must be later than fromHour.');
}

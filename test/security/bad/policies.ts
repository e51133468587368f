/** Policy files with which the bot must not start. */
import { join } from 'node:path';
import { bad, file, SOMEWHERE, type BadConfiguration, type Change } from './configuration.ts';

/** A policy file with this content. */
function policy(
  title: string,
  content: unknown,
  problem: string | readonly string[],
  says?: RegExp,
  also: Change = {},
): BadConfiguration {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return bad(
    title,
    (place) => ({ HARDLINE_POLICY_FILE: file(place, 'policy.json', text), ...also }),
    problem,
    says === undefined ? {} : { says },
  );
}

const ALL_REASONS = [
  'proof-not-by-callback',
  'third-contact-in-a-day',
  'medium-risk',
  'vip',
  'close-to-technician',
  'elevated-mode',
  'spike-mode',
  'out-of-hours',
];
const without = (...reasons: readonly string[]): readonly string[] =>
  ALL_REASONS.filter((reason) => !reasons.includes(reason));
const HOURS = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], fromHour: 8, toHour: 18 };
/** Policy files that would loosen a rule without a word, or cannot be read. */
export const POLICIES: readonly BadConfiguration[] = [
  policy(
    'a misspelled figure in the policy',
    { proofValidMinute: 5 },
    'policy file, proofValidMinute:',
    /proofValidMinutes\?$/,
  ),
  policy(
    'a misspelled name further inside',
    { whenNotLicensed: { risk: 'stop', eligibility: 'stop', risc: 'stop' } },
    'policy file, whenNotLicensed.risc:',
    /Did you mean risk\?$/,
  ),
  policy('two names that the policy does not have', { counters: 1, mode: 'normal' }, [
    'policy file, counters:',
    'policy file, mode:',
  ]),
  policy('a callback that counts for ten hours', { proofValidMinutes: 600 }, 'policy file, proofValidMinutes:'),
  policy('an approval that counts for ten hours', { approvalValidMinutes: 600 }, 'policy file, approvalValidMinutes:'),
  policy('a case that expires at once', { idleMinutes: 0 }, 'policy file, idleMinutes:'),
  policy(
    'a case that expires before it can be approved',
    { idleMinutes: 10 },
    'policy file, idleMinutes:',
    /approvalValidMinutes/,
  ),
  policy('a pass for a week', { passLifetimeMinutes: 10_080 }, 'policy file, passLifetimeMinutes:'),
  policy(
    'a number that is good the day after it was changed, written as a text',
    { numberSettledDays: '1' },
    'policy file, numberSettledDays:',
  ),
  policy('a hundred contacts a day before anybody looks', { contactsForRisk: 100 }, 'policy file, contactsForRisk:'),
  policy(
    'Global Administrator as harmless',
    { harmlessRoles: ['62e90394-69f5-4237-9190-012177145e10'] },
    'policy file, harmlessRoles.0:',
    /Global Administrator/,
  ),
  policy(
    'Privileged Role Administrator in capital letters',
    { harmlessRoles: ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'E8611AB8-C189-46E8-94E1-60213AB1F814'] },
    'policy file, harmlessRoles.1:',
    /Privileged Role Administrator/,
  ),
  policy(
    'Authentication and Helpdesk Administrator',
    { harmlessRoles: ['c4e39bd9-1100-46d3-8c65-fb160da0071f', '729827e3-9c14-49f7-bb1b-9608f156bbb8'] },
    ['policy file, harmlessRoles.0:', 'policy file, harmlessRoles.1:'],
    /Authentication Administrator/,
  ),
  policy(
    'a role of the own tenant as harmless',
    { harmlessRoles: ['0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'] },
    'policy file, harmlessRoles.0:',
    /own tenant/,
  ),
  policy(
    'no reason for a second person, also under elevated mode',
    { secondPersonFor: [] },
    ['policy file, secondPersonFor:'],
    /elevated-mode/,
  ),
  policy(
    'a second person, but not under elevated mode',
    { secondPersonFor: without('elevated-mode') },
    'policy file, secondPersonFor:',
    /elevated-mode/,
  ),
  policy(
    'a second person, but not during a wave of calls',
    { secondPersonFor: without('spike-mode') },
    'policy file, secondPersonFor:',
    /spike-mode/,
  ),
  policy(
    'one person alone for people close to them',
    { secondPersonFor: without('close-to-technician') },
    'policy file, secondPersonFor:',
    /close-to-technician/,
  ),
  policy('a VIP group that means nothing', { secondPersonFor: without('vip') }, 'policy file, secondPersonFor:', /vip/),
  policy(
    'office hours that mean nothing',
    { secondPersonFor: without('out-of-hours'), officeHours: HOURS },
    'policy file, secondPersonFor:',
    /out-of-hours/,
  ),
  policy(
    'office hours in no time zone',
    { officeHours: { ...HOURS, timeZone: 'Europe/Atlantis' } },
    'policy file, officeHours.timeZone:',
  ),
  policy(
    'office hours that end before they begin',
    { officeHours: { ...HOURS, fromHour: 18, toHour: 8 } },
    'policy file, officeHours.toHour:',
  ),
  policy('a policy that is no JSON', 'requiredMethods: 1', 'HARDLINE_POLICY_FILE:'),
  policy('a policy that is a list', [], 'policy file:'),
  bad(
    'a policy file that is not there',
    ({ folder }) => ({ HARDLINE_POLICY_FILE: join(folder, SOMEWHERE) }),
    'HARDLINE_POLICY_FILE:',
  ),
  bad('a folder as policy file', ({ folder }) => ({ HARDLINE_POLICY_FILE: folder }), 'HARDLINE_POLICY_FILE:'),
  bad(
    'a policy file that everybody can change',
    (place) => ({ HARDLINE_POLICY_FILE: file(place, 'policy.json', '{}', 0o666) }),
    'HARDLINE_POLICY_FILE:',
    { says: /everybody/ },
  ),
];

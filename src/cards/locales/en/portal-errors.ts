/**
 * English: what Microsoft's page says to a caller, what it means, and what is allowed.
 * The one rule kept here: no fix sets a password, and none adds a method for the caller; a code without a sentence does not compile.
 */
import type { NextStep, PortalErrorCause, PortalErrorCode, PortalErrorFix } from '../../../procedure/portal-errors.ts';

/** Words of the template with the same name. */
export const portalErrorCards = {
  'portal-error': {
    saidLabel: 'The page says: ',
    fix: 'To put it right for good',
    never: 'Nobody sets a password or adds a method for them, whatever the page suggests.',
    open: 'Open the lockout procedure',
    queryLabel: 'Who is it? Sign-in name, email, employee number or name.',
    queryError: 'Write who it is.',
  },
};

/** Codes that are shown as Microsoft writes them. */
type Numbered = Extract<PortalErrorCode, `SSPR_0${string}`>;

/** What the page says, for those without a number. */
export const said = {
  SSPR_unknown: 'an SSPR number Microsoft does not document',
  'not-enabled': '"Password reset is not turned on for your account"',
  'contact-your-administrator': '"Contact your administrator"',
  'cannot-reset-own-password': '"You can\'t reset your own password"',
  'not-registered': '"You are not registered for password reset"',
  'no-recovery-methods': '"No methods to verify your account"',
  'too-many-attempts': '"You have tried too many times"',
  'password-banned': '"This password is too easy to guess"',
  'writeback-needed': '"Your organization has not set up password reset for on-premises accounts"',
  'license-missing': '"You do not have the required license"',
  'menu-not-found': 'the menu "Password reset" is missing in the admin center',
  'admin-gets-no-notices': 'administrators get no notice of resets',
  'user-gets-no-notice': 'people get no notice of their reset',
  'asked-to-confirm-info': '"Confirm your security info"',
  'no-helpdesk-link': 'no link to the helpdesk on the page',
  'still-locked': '"Your account is locked"',
  'old-password-on-computer': 'the computer still takes only the old password',
  'add-method-for-caller': '"Ask your admin to add a method for you"',
} satisfies Record<Exclude<PortalErrorCode, Numbered>, string>;

/** What is behind it: the headline. */
export const causes = {
  'reset-off-for-all': 'Self-service is off for everybody',
  'reset-off-for-caller': 'Self-service is not switched on for them',
  'no-reset-policy': 'The tenant has no rules for self-service yet',
  'license-missing': 'They have no license for self-service',
  'methods-missing': 'Too few methods are registered, or none',
  'off-or-not-registered': 'Not registered, or not switched on for them',
  'writeback-off': 'Their password is kept on premises and cannot be written back',
  'writeback-misconfigured': 'Writing the password back is not allowed on premises',
  'writeback-unreachable': 'The on-premises directory does not answer',
  throttled: 'Too many tries. Microsoft makes them wait',
  'password-on-banned-list': 'The new password is too easy to guess',
  'administrator-lacks-role-or-licence': 'The administrator lacks a role or a license for this menu',
  'notices-switched-off': 'The notices are switched off',
  'confirmation-due': 'It is time to confirm their methods',
  'helpdesk-link-not-set': 'The link to the helpdesk was never set',
  'locked-but-password-known': 'Locked, but they still know the password',
  'computer-has-not-heard': 'The computer has not heard of the new password yet',
  'method-must-be-the-callers-own': 'Only they themselves register a method',
  'not-documented': 'Nobody has written down what this means',
} satisfies Record<PortalErrorCause, string>;

/** What puts it right for good, and who does it. */
export const fixes = {
  'identity-team-switches-reset-on': 'The identity team switches self-service on.',
  'identity-team-adds-caller-to-group': 'The identity team adds them to the group that may use self-service.',
  'identity-team-assigns-licence': 'The identity team assigns a license.',
  'pass-then-register': 'With a pass they sign in and register methods themselves.',
  'look-at-readiness': 'The caller picture shows which of the two it is.',
  'sync-team-switches-writeback-on': 'The sync team switches password writeback on.',
  'sync-team-checks-permissions': 'The sync team checks the permissions of the sync account on premises.',
  'sync-team-checks-connection': 'The sync team checks the connection of the sync server.',
  'wait-a-day': 'Nobody can shorten the wait of 24 hours. Another method does not help.',
  'choose-another-password': 'A longer one, without the company name, a season or a year. Do not hear it.',
  'check-role-licence-and-menu-place': 'The identity team checks the role and license. The menu has moved before.',
  'identity-team-switches-notices-on': 'The identity team switches the notices on, under Password reset.',
  'caller-confirms-info': 'They look whether their methods are still right, and confirm.',
  'identity-team-sets-helpdesk-link': 'The identity team sets the link, under Customization.',
  'unlock-without-reset': 'At aka.ms/sspr: "I know my password, but still can\'t sign in". It unlocks without a reset.',
  'connect-to-office-network': 'They connect to the office network or VPN, lock the screen, and use the new password.',
  'read-out-the-whole-text': 'Let them read out the whole page, and tell the identity team.',
} satisfies Record<PortalErrorFix, string>;

/** What helps the caller now. */
export const nextSteps = {
  'self-service': 'They can go on by themselves at aka.ms/sspr.',
  pass: 'They need a pass now. The lockout procedure leads there.',
  'escalate-identity-team': 'Hand it to the identity team.',
  'escalate-sync-team': 'Hand it to the sync team. Open the case, so that it is not lost.',
  wait: 'They wait 24 hours, or the lockout procedure gets them in with a pass.',
  'try-again': 'They can try again now.',
  readiness: 'Look at the caller picture: it shows what is missing.',
} satisfies Record<NextStep, string>;

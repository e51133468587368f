/**
 * English: what a Microsoft page says to a caller, what it means, and what is allowed.
 * No fix sets a password, and none adds a method for the caller. A code without a sentence does not compile.
 */
import type { NextStep, PortalErrorCause, PortalErrorCode, PortalErrorFix } from '../../../procedure/portal-errors.ts';

/** The texts of the template with the same name. */
export const portalErrorCards = {
  'portal-error': {
    pageSaysLabel: 'The page says: ',
    fix: 'The lasting fix',
    never: 'Nobody sets a password or adds a method for them, whatever the page suggests.',
    open: 'Start the lockout procedure',
    queryLabel: 'Who is it? Sign-in name, email, employee number or name.',
    queryError: 'Write who it is.',
  },
};

/** Codes that are shown as Microsoft writes them. */
type Numbered = Extract<PortalErrorCode, `SSPR_0${string}`>;

/** What the page says, for those without a number. */
export const pageSays = {
  SSPR_unknown: 'an SSPR number that Microsoft does not document',
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
  'old-password-on-computer': 'the computer still accepts only the old password',
  'add-method-for-caller': '"Ask your admin to add a method for you"',
} satisfies Record<Exclude<PortalErrorCode, Numbered>, string>;

/** What is behind it: the headline. */
export const causes = {
  'reset-off-for-all': 'Self-service is switched off for everybody',
  'reset-off-for-caller': 'Self-service is not switched on for them',
  'no-reset-policy': 'The tenant has no rules for self-service yet',
  'license-missing': 'They have no license for self-service',
  'methods-missing': 'They have too few methods registered, or none',
  'off-or-not-registered': 'They are not registered, or self-service is off for them',
  'writeback-off': 'Their password is stored on premises and cannot be written back',
  'writeback-misconfigured': 'Writing the password back is not permitted on premises',
  'writeback-unreachable': 'The on-premises directory does not answer',
  throttled: 'Too many tries. Microsoft makes them wait',
  'password-on-banned-list': 'The new password is too easy to guess',
  'administrator-lacks-role-or-license': 'The administrator lacks a role or a license for this menu',
  'notices-switched-off': 'The notices are switched off',
  'confirmation-due': 'They have to confirm their methods',
  'helpdesk-link-not-set': 'The link to the helpdesk is not set up',
  'locked-but-password-known': 'The account is only locked; they still know the password',
  'computer-has-not-heard': 'The computer has not synced the new password yet',
  'method-must-be-the-callers-own': 'Only they can register a method for themselves',
  'not-documented': 'Microsoft does not document this error',
} satisfies Record<PortalErrorCause, string>;

/** What fixes it for good, and who does it. */
export const fixes = {
  'identity-team-switches-reset-on': 'The identity team switches self-service on.',
  'identity-team-adds-caller-to-group': 'The identity team adds them to the group that may use self-service.',
  'identity-team-assigns-license': 'The identity team assigns a license.',
  'pass-then-register': 'They sign in with a pass and register methods themselves.',
  'look-at-readiness': 'The case card shows which of the two it is.',
  'sync-team-switches-writeback-on': 'The sync team switches password writeback on.',
  'sync-team-checks-permissions': 'The sync team checks the permissions of the sync account on premises.',
  'sync-team-checks-connection': 'The sync team checks the connection of the sync server.',
  'wait-a-day': 'Nobody can shorten the 24 hours. Trying another method does not help.',
  'choose-another-password': "A longer one, without the company name, a season or a year. Don't let them tell you.",
  'check-role-license-and-menu-place': 'The identity team checks the role and the license. The menu has moved before.',
  'identity-team-switches-notices-on': 'The identity team switches the notices on, under Password reset.',
  'caller-confirms-info': 'They check that their methods are still right, and confirm.',
  'identity-team-sets-helpdesk-link': 'The identity team sets the link, under Customization.',
  'unlock-without-reset':
    'At aka.ms/sspr they choose "I know my password, but still can\'t sign in". This unlocks without a reset.',
  'connect-to-office-network': 'They connect to the office network or VPN, lock the screen, and use the new password.',
  'read-out-the-whole-text': 'Have them read out the whole page, and tell the identity team.',
} satisfies Record<PortalErrorFix, string>;

/** What helps the caller now. */
export const nextSteps = {
  'self-service': 'They can continue by themselves at aka.ms/sspr.',
  pass: 'They need a pass now. The lockout procedure leads there.',
  'escalate-identity-team': 'Hand it to the identity team.',
  'escalate-sync-team': 'Hand it to the sync team. Open a case, so that it is not forgotten.',
  wait: 'They wait 24 hours, or the lockout procedure gets them in with a pass.',
  'try-again': 'They can try again now.',
  readiness: 'Open a case: its card shows what is missing.',
} satisfies Record<NextStep, string>;

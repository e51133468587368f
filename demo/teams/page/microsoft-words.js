// Texts of the laptop: methods that can be registered, and how a reset can end: [id, label, what the page says].

const refusals = {
  'not-signed-in': 'Sign in with the pass first.',
  'session-is-over': 'The session is over. After a one-time pass you have ten minutes to register.',
  'already-registered': 'This method is already registered. Choose another one.',
};

export const METHODS = [
  {
    id: 'authenticator',
    label: 'Authenticator app on a new phone',
    asks: 'Name of the phone',
    example: () => 'Spare phone',
    seed: (displayName) => ({ kind: 'authenticator', displayName, created: 'now' }),
    refusals,
  },
  {
    id: 'email',
    label: 'E-mail for resets',
    asks: 'Address',
    example: (person) => `${person.userPrincipalName.split('@')[0]}@home.example`,
    seed: (emailAddress) => ({ kind: 'email', emailAddress, created: 'now' }),
    refusals,
  },
  {
    id: 'alternateMobile',
    label: 'Another mobile number',
    asks: 'Number',
    example: () => '+49 17139200900',
    seed: (phoneNumber) => ({ kind: 'alternateMobile', phoneNumber, created: 'now' }),
    refusals,
  },
  {
    id: 'mobile',
    label: 'Mobile number',
    asks: 'Number',
    example: () => '+49 17139200901',
    seed: (phoneNumber) => ({ kind: 'mobile', phoneNumber, created: 'now' }),
    refusals,
  },
  {
    id: 'softwareOath',
    label: 'Authenticator codes (software token)',
    asks: 'Note',
    example: () => 'Token app',
    seed: () => ({ kind: 'softwareOath', created: 'now' }),
    refusals,
  },
  {
    id: 'office',
    label: 'Office phone',
    asks: 'Number',
    example: () => '+49 3055509902',
    seed: (phoneNumber) => ({ kind: 'office', phoneNumber, created: 'now' }),
    refusals,
  },
  {
    id: 'passkey',
    label: 'Passkey in the Authenticator app',
    asks: 'Name of the passkey',
    example: () => 'New phone',
    seed: (displayName) => ({ kind: 'fido2', keptIn: 'authenticator-app', displayName, created: 'now' }),
    refusals,
  },
  {
    id: 'fido2',
    label: 'Security key',
    asks: 'Name of the key',
    example: () => 'Blue key',
    seed: (displayName) => ({ kind: 'fido2', displayName, created: 'now' }),
    refusals,
  },
];

export const ENDINGS = [
  ['It works', [['success', 'A new password is set', 'Your password has been reset.']]],
  [
    'It stops halfway',
    [
      ['id-entered', 'User ID entered, then stopped', 'The user ID was accepted. Verification comes next.'],
      ['in-progress', 'Verification started', 'Verification has started. Go through the page again to finish.'],
      ['abandoned', 'Given up during verification', 'The page was closed during verification.'],
      ['nothing', 'Do nothing', 'The page stays open.'],
    ],
  ],
  [
    'It fails',
    [
      ['not-enabled', 'Reset is not enabled for them', 'Password reset is not enabled for this account.'],
      ['insufficient-methods', 'Too few methods registered', 'You have not registered enough methods.'],
      ['no-license', 'No license', 'Your account has no license for password reset.'],
      ['managed-on-premises', 'Password is kept on-premises', 'Your password is managed on-premises.'],
      [
        'on-premises-unreachable',
        'On-premises service unreachable',
        'The on-premises reset service cannot be reached.',
      ],
      ['banned-password', 'New password too easy to guess', 'This password is on the list of banned passwords.'],
      ['too-many-codes', 'Too many wrong codes', 'Too many wrong codes. Try again in 24 hours.'],
      ['blocked', 'Blocked for 24 hours', 'You are blocked from resetting for 24 hours.'],
    ],
  ],
];

/**
 * English: what Microsoft's page says to a caller, what it means, and what is allowed.
 * The one rule kept here: every error of the closed list has a cause and a fix; a missing one does not compile.
 */

/** Words of the template with the same name. */
export const portalErrorCards = {
  'portal-error': {
    headline: 'What the page told them',
    saidLabel: 'The page says: ',
    fix: 'What you can do',
    open: 'Open the lockout procedure',
    queryLabel: 'Who is locked out? Sign-in name, email, employee number or name.',
    queryError: 'Write who is locked out.',
  },
};

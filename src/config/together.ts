/**
 * Settings that are good on their own and not together.
 */
import type { Environment, Problems } from './environment.ts';

/** The least that a real tenant may be believed to need before it shows a change. */
const LEAST_FEED_DELAY_SECONDS = 30;
const LEAST_LOG_DELAY_MINUTES = 5;

/** Notes what is wrong with settings together. One that could not be read is passed over: it has its own line. */
export function checkTogether(env: Partial<Environment>, problems: Problems): void {
  const technicians = env.HARDLINE_GROUP_TECHNICIANS;
  const others = ['HARDLINE_GROUP_APPROVERS', 'HARDLINE_GROUP_LEADS', 'HARDLINE_GROUP_AUDITORS'] as const;
  const same = others.filter((name) => technicians !== undefined && env[name] === technicians);
  if (same.length > 0) {
    problems.set(
      'HARDLINE_GROUP_TECHNICIANS',
      `is the same group as ${same.join(' and ')}: whoever asks for a pass could approve it, or watch over themselves.`,
    );
  }
  if (env.HARDLINE_NEW_LEDGER === 'yes' && env.HARDLINE_RESTORED_LEDGER === 'yes') {
    problems.set(
      'HARDLINE_NEW_LEDGER',
      'cannot be set together with HARDLINE_RESTORED_LEDGER: a ledger is new or put back.',
    );
  }
  if (env.HARDLINE_GRAPH !== 'entra') return;
  if ((env.HARDLINE_CHANGE_FEED_DELAY_SECONDS ?? Infinity) < LEAST_FEED_DELAY_SECONDS) {
    problems.set(
      'HARDLINE_CHANGE_FEED_DELAY_SECONDS',
      `must be ${LEAST_FEED_DELAY_SECONDS} or more with a real tenant: a number that was changed a moment ago would count as old.`,
    );
  }
  if ((env.HARDLINE_AUDIT_LOG_DELAY_MINUTES ?? Infinity) < LEAST_LOG_DELAY_MINUTES) {
    problems.set(
      'HARDLINE_AUDIT_LOG_DELAY_MINUTES',
      `must be ${LEAST_LOG_DELAY_MINUTES} or more with a real tenant: a number that was changed a moment ago would count as old.`,
    );
  }
}

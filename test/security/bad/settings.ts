/** Settings of the environment, and options of Node, with which the bot must not start. */
import { bad, ENTRA, GROUP, type BadConfiguration } from './configuration.ts';

const SECRET = 'a-secret-of-the-operator';

/** Names that are no setting: what they were meant to set is not set. */
export const NAMES: readonly BadConfiguration[] = [
  bad('an S missing in the protected groups', { HARDLINE_GROUP_PROTECTED: GROUP(6) }, 'HARDLINE_GROUP_PROTECTED:', {
    says: /Did you mean HARDLINE_GROUPS_PROTECTED\?$/,
  }),
  bad('a setting in small letters', { hardline_groups_protected: GROUP(6) }, 'hardline_groups_protected:', {
    says: /Did you mean HARDLINE_GROUPS_PROTECTED\?$/,
  }),
  bad('a slip in the first word', { HARDLNE_GROUPS_PROTECTED: GROUP(6) }, 'HARDLNE_GROUPS_PROTECTED:', {
    says: /Did you mean HARDLINE_GROUPS_PROTECTED\?$/,
  }),
  bad('a setting that nothing resembles', { HARDLINE_COLOR_SCHEME: 'dark-blue' }, 'HARDLINE_COLOR_SCHEME:', {
    says: /\.env\.example lists every setting\.$/,
  }),
  bad('two misspelled settings at once', { HARDLINE_LOGLEVEL: 'info-please', HARDLINE_TIMEZONE: 'Europe/Rome' }, [
    'HARDLINE_LOGLEVEL:',
    'HARDLINE_TIMEZONE:',
  ]),
];

/** Figures and zones without sense. */
export const FIGURES: readonly BadConfiguration[] = [
  bad('a look every millisecond', { HARDLINE_WATCH_SECONDS: '0.001' }, 'HARDLINE_WATCH_SECONDS:'),
  bad('a look every ten years', { HARDLINE_WATCH_SECONDS: '315360000' }, 'HARDLINE_WATCH_SECONDS:'),
  bad('an interval that is no number', { HARDLINE_WATCH_SECONDS: 'five-ish' }, 'HARDLINE_WATCH_SECONDS:'),
  bad(
    'an objection that counts for a second',
    { HARDLINE_OBJECTION_BLOCKS_HOURS: '0.0003' },
    'HARDLINE_OBJECTION_BLOCKS_HOURS:',
  ),
  bad(
    'an objection that counts for ten years',
    { HARDLINE_OBJECTION_BLOCKS_HOURS: '87600' },
    'HARDLINE_OBJECTION_BLOCKS_HOURS:',
  ),
  bad('a time zone of another planet', { HARDLINE_TIME_ZONE: 'Mars/Olympus' }, 'HARDLINE_TIME_ZONE:'),
  bad('a port out of range', { PORT: '70000' }, 'PORT:'),
  bad('a turn longer than Teams waits', { HARDLINE_TURN_SECONDS: '12.5' }, 'HARDLINE_TURN_SECONDS:'),
  bad('a wave of calls that nobody notices', { HARDLINE_SPIKE_CALLERS: '9999' }, 'HARDLINE_SPIKE_CALLERS:'),
  bad(
    'a real tenant that is believed to tell everything at once',
    { ...ENTRA, HARDLINE_CHANGE_FEED_DELAY_SECONDS: '0', HARDLINE_AUDIT_LOG_DELAY_MINUTES: '0' },
    ['HARDLINE_CHANGE_FEED_DELAY_SECONDS:', 'HARDLINE_AUDIT_LOG_DELAY_MINUTES:'],
  ),
];

/** Who may do what, and who may talk to the bot. */
export const WHO: readonly BadConfiguration[] = [
  bad('technicians who approve', { HARDLINE_GROUP_APPROVERS: GROUP(1) }, 'HARDLINE_GROUP_TECHNICIANS:', {
    says: /HARDLINE_GROUP_APPROVERS/,
  }),
  bad('technicians who lead', { HARDLINE_GROUP_LEADS: GROUP(1) }, 'HARDLINE_GROUP_TECHNICIANS:', {
    says: /HARDLINE_GROUP_LEADS/,
  }),
  bad('technicians who audit themselves', { HARDLINE_GROUP_AUDITORS: GROUP(1) }, 'HARDLINE_GROUP_TECHNICIANS:', {
    says: /HARDLINE_GROUP_AUDITORS/,
  }),
  bad('no technicians', { HARDLINE_GROUP_TECHNICIANS: undefined }, 'HARDLINE_GROUP_TECHNICIANS:'),
  bad(
    'a protected group by its name',
    { HARDLINE_GROUPS_PROTECTED: `${GROUP(6)},break-glass` },
    'HARDLINE_GROUPS_PROTECTED:',
  ),
  bad('protected groups that are only commas', { HARDLINE_GROUPS_PROTECTED: ' , , ' }, 'HARDLINE_GROUPS_PROTECTED:'),
  bad('no token and a real tenant', { ...ENTRA, HARDLINE_CHANNEL: 'loopback-only' }, 'HARDLINE_CHANNEL:'),
  bad('no token and a public address', { HARDLINE_HOST: '0.0.0.0' }, 'HARDLINE_HOST:'),
  bad(
    'an emulated tenant on another machine',
    { HARDLINE_GRAPH_ORIGIN: 'http://10.20.30.40:5000' },
    'HARDLINE_GRAPH_ORIGIN:',
  ),
  bad('no application id of the bot', { ...ENTRA, HARDLINE_BOT_APP_ID: '' }, 'HARDLINE_BOT_APP_ID:'),
  bad(
    'a mistyped credential, and a secret beside it',
    { ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'Secret-ish', HARDLINE_BOT_SECRET: SECRET },
    'HARDLINE_BOT_CREDENTIAL:',
  ),
];

/** What would let others read the memory or the traffic of the process. */
export const PROCESS: readonly BadConfiguration[] = [
  bad('certificates that nobody checks', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED:'),
  bad('an inspector, by NODE_OPTIONS', { NODE_OPTIONS: '--inspect=127.0.0.1:0' }, '--inspect:'),
  bad('an inspector, on the command line', {}, '--inspect:', { node: ['--inspect=127.0.0.1:0'] }),
  bad(
    'the memory written to a file at a signal',
    { NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2' },
    '--heapsnapshot-signal:',
  ),
  bad('reports that hold every setting', {}, '--report-on-signal:', { node: ['--report_on_signal'] }),
  bad('the keys of every connection in a file', {}, '--tls-keylog:', { node: ['--tls-keylog=/dev/null'] }),
  bad(
    'a core dump at the first error',
    { NODE_OPTIONS: '"--abort-on-uncaught-exception"' },
    '--abort-on-uncaught-exception:',
  ),
  bad('headers with tokens on standard error', { NODE_DEBUG: 'http,tls-things' }, 'NODE_DEBUG:'),
];

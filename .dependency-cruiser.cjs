// Which folder may import which. Type imports count.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'the-procedure-imports-nothing',
      comment: 'src/procedure is pure: it may import only its own files.',
      severity: 'error',
      from: { path: '^src/procedure/' },
      to: { pathNot: '^src/procedure/' },
    },
    {
      name: 'adapters-never-import-each-other',
      comment: 'teams, graph, ledger and export know the ports of casework, never one another.',
      severity: 'error',
      from: { path: '^src/(teams|graph|ledger|export)/' },
      to: { path: '^src/(teams|graph|ledger|export)/', pathNot: '^src/$1/' },
    },
    {
      name: 'only-teams-knows-teams',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/teams/' },
      to: { path: 'node_modules/(botbuilder|botframework|@microsoft/teams-ai|restify)' },
    },
    {
      name: 'only-graph-knows-graph',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/graph/' },
      to: { path: 'node_modules/(@microsoft/microsoft-graph|@azure/identity|undici)' },
    },
    {
      name: 'only-the-ledger-knows-the-database',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ledger/' },
      to: { path: 'node_modules/(better-sqlite3|kysely|pg)/' },
    },
    {
      name: 'only-the-export-knows-opentelemetry',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/export/' },
      to: { path: 'node_modules/@opentelemetry/' },
    },
    {
      name: 'only-cards-know-templates',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cards/' },
      to: { path: 'node_modules/(adaptivecards-templating|adaptive-expressions)' },
    },
    {
      name: 'the-core-does-not-know-adapters-or-cards',
      comment: 'casework and intents speak to ports; app.ts hands them the adapters and the cards.',
      severity: 'error',
      from: { path: '^src/(casework|intents)/' },
      to: { path: '^src/(teams|graph|ledger|export|cards|commands|config)/' },
    },
    {
      name: 'adapters-and-cards-import-ports-only',
      comment: 'what implements a port knows the port and the procedure, and nothing else of casework.',
      severity: 'error',
      from: { path: '^src/(teams|graph|ledger|export|cards)/' },
      to: { path: '^src/(casework|intents|cards|config|commands)/', pathNot: '^src/(casework/ports|$1)/' },
    },
    {
      name: 'ports-import-ports-only',
      severity: 'error',
      from: { path: '^src/casework/ports/' },
      to: { path: '^src/', pathNot: '^src/(casework/ports|procedure)/' },
    },
    {
      name: 'only-the-entry-builds-the-app',
      severity: 'error',
      from: { path: '^src/(procedure|intents|casework|cards|teams|graph|ledger|export|config)/' },
      to: { path: '^src/(app|index)\\.ts$' },
    },
    {
      name: 'the-product-does-not-know-its-demo',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(demo|test|scripts)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'Stryker exports its runner in a way that only Node itself resolves.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@stryker-mutator/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};

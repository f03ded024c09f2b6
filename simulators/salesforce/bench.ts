import { startSalesforce } from './server.ts';

export interface SalesforceFigures {
  records: number;
  seedSeconds: number;
  heapMegabytes: number;
  residentMegabytes: number;
  restartSeconds: number | null;
  queriesByEmailPerMinute: number;
  collectionRecordsPerMinute: number;
  changedSinceMilliseconds: number;
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1000];
}

/** Changes leads by Collections of 200, one after the other. */
async function updateInTurn(address: string, headers: Record<string, string>, ids: readonly string[]) {
  for (let start = 0; start < ids.length; start += 200) {
    const records = ids
      .slice(start, start + 200)
      .map((id) => ({ attributes: { type: 'Lead' }, id, Title: 'Changed' }));
    const answer = await fetch(address, { method: 'PATCH', headers, body: JSON.stringify({ records }) });
    await answer.arrayBuffer();
  }
}

/** Seeds an org with this many leads and contacts and measures seeding, memory and some calls over HTTP. */
export async function benchSalesforce(records = 200_000, folder?: string): Promise<SalesforceFigures> {
  const [org, seedSeconds] = await timed(() => startSalesforce({ port: 0, seed: 'empty', records, folder }));
  const memory = process.memoryUsage();
  const tokens = await fetch(`${org.url()}/__control/tokens`, { method: 'POST' });
  const { accessToken } = (await tokens.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const base = `${org.url()}/services/data/v66.0`;
  const query = async (soql: string) => {
    const answer = await fetch(`${base}/query?q=${encodeURIComponent(soql)}`, { headers });
    return (await answer.json()) as { totalSize: number; records: { Id: string; Email: string }[] };
  };
  const { records: sample } = await query('SELECT Id, Email FROM Lead LIMIT 2000');
  const [, querySeconds] = await timed(async () => {
    for (let start = 0; start < 2000; start += 100) {
      const emails = sample.slice(start, start + 100).map((row) => `'${row.Email}'`);
      await query(`SELECT Id, Email FROM Contact WHERE Email IN (${emails.join(',')})`);
    }
  });
  const [, writeSeconds] = await timed(() =>
    updateInTurn(
      `${base}/composite/sobjects`,
      headers,
      sample.map((row) => row.Id),
    ),
  );
  const since = new Date(org.clock.now() - 60_000).toISOString();
  const [, pollSeconds] = await timed(() =>
    query(`SELECT Id FROM Lead WHERE SystemModstamp > ${since} ORDER BY SystemModstamp, Id LIMIT 2000`),
  );
  await org.stop();
  let restartSeconds: number | null = null;
  if (folder !== undefined) {
    const [again, seconds] = await timed(() => startSalesforce({ port: 0, folder }));
    restartSeconds = seconds;
    await again.stop();
  }
  return {
    records,
    seedSeconds,
    heapMegabytes: megabytes(memory.heapUsed),
    residentMegabytes: megabytes(memory.rss),
    restartSeconds,
    queriesByEmailPerMinute: Math.round((20 / querySeconds) * 60),
    collectionRecordsPerMinute: Math.round((2000 / writeSeconds) * 60),
    changedSinceMilliseconds: Math.round(pollSeconds * 1000),
  };
}

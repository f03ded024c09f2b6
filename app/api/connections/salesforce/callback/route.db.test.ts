import { beforeEach, describe, expect, it } from 'vitest';
import { beginSalesforceConsent } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { answerConsent, connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  await simulators.current.reset();
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
});

async function comeBack(query: Record<string, string>, cookie: string | null): Promise<Response> {
  const request = new Request(
    `http://localhost:3000/api/connections/salesforce/callback?${new URLSearchParams(query)}`,
    { headers: cookie === null ? {} : { cookie } },
  );
  return GET(request, { params: Promise.resolve({}) });
}

async function connect(): Promise<void> {
  const begun = await beginSalesforceConsent(workspace.actor, { sandbox: false, otherOrg: false });
  if (!begun.ok) throw new Error(begun.failure.code);
  const answer = await comeBack(await answerConsent(begun.value.url), workspace.cookie);
  expect(answer.headers.get('location')).toMatch(/step=sync/);
}

const beginnings = async ({ workspaceId }: TestWorkspace) => ({
  cursors: await db().collectCursor.findMany({ where: { workspaceId }, orderBy: { source: 'asc' } }),
  check: await db().dailyCheck.findFirst({ where: { workspaceId } }),
});

describe('coming back from Salesforce', () => {
  it('connects nobody without a session, with another one, or with a state that nobody began', async () => {
    const other = await createWorkspace();
    const begun = await beginSalesforceConsent(workspace.actor, { sandbox: false, otherOrg: false });
    const answer = await answerConsent(begun.ok ? begun.value.url : '');
    await comeBack(answer, null);
    await comeBack(answer, other.cookie);
    await comeBack({ ...answer, state: 'made up' }, workspace.cookie);
    expect(await db().connection.count({ where: { crm: 'SALESFORCE' } })).toBe(0);
    expect((await beginnings(workspace)).cursors).toEqual([]);
  });

  it('8: reading begins then, whenever the first poll comes, and begins nowhere else by connecting again', async () => {
    const other = await createWorkspace();
    await connect();
    const first = await beginnings(workspace);
    const { connectedAt } = await db().connection.findFirstOrThrow({
      where: { workspaceId: workspace.workspaceId, crm: 'SALESFORCE' },
    });
    expect(first.cursors.map(({ source, beganAt, newestAt }) => [source, beganAt, newestAt])).toEqual(
      ['Contact', 'Lead', 'hubspot'].map((source) => [source, connectedAt, connectedAt]),
    );
    expect(first.check?.checkedAt).toEqual(connectedAt);
    await moveClock(3_600_000, simulators.current);
    await connect();
    expect(await beginnings(workspace)).toEqual(first);
    expect(await beginnings(other)).toEqual({ cursors: [], check: null });
  });
});

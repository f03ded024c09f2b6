import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#lib/auth/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { type Condition, writeCondition } from '#lib/segments/filter/condition.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import { segmentIndexQuerySchema } from '#lib/segments/schemas.ts';
import {
  countSizes,
  listIndex,
  previewSegment,
  refreshSegments,
  searchSegments,
} from '#lib/segments/server/index.ts';
import { startAccount } from './account.ts';
import { benchEvaluator } from './evaluator.ts';
import { percentiles, printTable, seconds, shown, timed, whole } from './table.ts';

const runs = 20;
/** HubSpot allows few searches a second: people pause between two edits, and so does this. */
const pauseMs = 1_200;

function group(...filters: [string, Condition['operator'], string[]][]): FilterBranch {
  return {
    filterBranchType: 'OR',
    filterBranchOperator: 'OR',
    filters: [],
    filterBranches: [
      {
        filterBranchType: 'AND',
        filterBranchOperator: 'AND',
        filterBranches: [],
        filters: filters.map(([property, operator, values]) =>
          writeCondition({ property, operator, values, includeBlank: false }, 'Europe/Berlin'),
        ),
      },
    ],
  };
}

const exact = group(
  ['lifecyclestage', 'choiceAny', ['customer', 'opportunity', 'salesqualifiedlead']],
  ['country', 'choiceAny', ['Germany', 'France', 'United Kingdom', 'United States']],
);
const toBeRead = group(
  ['lifecyclestage', 'choiceAny', ['customer', 'opportunity']],
  ['jobtitle', 'textContains', ['head']],
);

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`It failed: ${result.failure.code}`);
  return result.value;
}

async function measure(work: () => Promise<unknown>, pause: number): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    times.push((await timed(work)).ms);
    await sleep(pause);
  }
  return shown(percentiles(times));
}

async function readAll(actor: Actor): Promise<{ parts: number; count: number }> {
  let answer = expectOk(await previewSegment(actor, { filterBranch: toBeRead, page: 1 }));
  let parts = 1;
  while (answer.kind === 'reading' && answer.cursor) {
    const { cursor } = answer;
    answer = expectOk(await previewSegment(actor, { filterBranch: toBeRead, page: 1, cursor }));
    parts++;
  }
  return { parts, count: answer.kind === 'reading' ? answer.count : 0 };
}

async function benchPreview(contacts: number, open: () => Promise<Actor>): Promise<void> {
  const actor = await open();
  const preview = async () => expectOk(await previewSegment(actor, { filterBranch: exact, page: 1 }));
  const sizes = async () => expectOk(await countSizes(actor, { filterBranch: exact }));
  const first = await preview();
  const counted = first.kind === 'counted' ? whole(first.count) : 'not counted';
  const rows: [string, string][] = [
    [`preview by search (${counted} match)`, await measure(preview, pauseMs)],
    ['sizes and misses by search', await measure(sizes, pauseMs)],
  ];
  const all = await timed(() => readAll(actor));
  rows.push([
    `preview by reading, all of it (${all.value.parts} parts, ${whole(all.value.count)} match)`,
    seconds(all.ms / 1_000),
  ]);
  printTable(`Preview, ${whole(contacts)} contacts`, rows);
}

async function benchMenu(segments: number, start: () => Promise<Actor>): Promise<void> {
  const actor = await start();
  const copy = () => refreshSegments(actor.workspaceId).then(expectOk);
  const first = await timed(copy);
  const again = await timed(copy);
  const open = await measure(async () => expectOk(await searchSegments(actor, {})), 0);
  const last = String(Math.floor(segments / 50) * 50 - 50);
  const walk = await measure(async () => expectOk(await searchSegments(actor, { after: last })), 0);
  const words = ['a', 'audience 0', 'campaign', '1234', 'sales', 'nothing like it'];
  let turn = 0;
  const nextWord = () => words[turn++ % words.length] ?? '';
  const search = await measure(async () => {
    return expectOk(await searchSegments(actor, { q: nextWord() }));
  }, 0);
  const index = await measure(async () => {
    return expectOk(await listIndex(actor, segmentIndexQuerySchema.parse({ q: nextWord() })));
  }, 0);
  printTable(`Segments on the server, ${whole(segments)} of them`, [
    ['copying all from HubSpot, in the background', seconds(first.ms / 1_000)],
    ['copying all again', seconds(again.ms / 1_000)],
    ['menu: opening', open],
    ['menu: the last 50', walk],
    ['menu: searching', search],
    ['index: a page, searched', index],
  ]);
}

/** Evaluator, preview, menu and index. Measured at the server's verbs: a browser and its network come on top. */
export async function benchSegments(): Promise<void> {
  benchEvaluator();
  const account = await startAccount();
  try {
    for (const contacts of [2_500, 100_000]) await benchPreview(contacts, () => account.open({ contacts }));
    await benchMenu(10_000, () => account.open({ contacts: 200, segments: 10_000 }));
  } finally {
    await account.stop();
  }
}

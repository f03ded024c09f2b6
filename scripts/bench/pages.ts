import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '#e2e/support/chromium.ts';
import { startTrialApp } from '../launch/trial-app.ts';
import { milliseconds, percentiles, printTable, shown, whole } from './table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const segments = 10_000;
const contactsTab = '/settings/integrations/connected-apps/salesforce/contacts';
/** No page of ours: the framework, the fonts and what `app/layout.tsx` brings to every page. */
const emptyPage = '/there-is-nothing-here';
/** So many of the segments stand in the menu at first. */
const pageOfMenu = 50;
const budget = { kilobytes: 110, paintMs: 1_500, openMs: 100 };

type Session = { browser: Browser; options: { baseURL: string; storageState: string; locale: string } };

/** The page this product exists for, in a production build: its code, its first paint, its menu. */
export async function benchPages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'segbridge-bench-'));
  const app = await startTrialApp(root, folder, process.env.TEST_DATABASE_URL ?? '');
  const browser = await chromium.launch(await chromiumLaunch());
  try {
    Object.assign(process.env, app.env);
    // Where everything is must be known before it is loaded.
    const { beginAnew, connectSalesforce, logIn } = await import('#e2e/support/app.ts');
    await beginAnew({ segments, contacts: 200 });
    const options = {
      baseURL: app.env.E2E_APP_URL ?? '',
      storageState: join(folder, 'session.json'),
      locale: 'en-US',
    };
    const page = await browser.newPage({ baseURL: options.baseURL, locale: options.locale });
    await logIn(page);
    await connectSalesforce(page);
    await page.context().storageState({ path: options.storageState });
    await page.context().close();
    await waitForSegments({ browser, options });
    printTable('The Contacts tab', [
      ...(await measureCode({ browser, options })),
      ...(await measurePaint({ browser, options })),
      ...(await measureMenu({ browser, options })),
    ]);
  } finally {
    await browser.close();
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withPage<T>({ browser, options }: Session, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The copy of the segments is made in the background once; nothing is measured while that goes on. */
async function waitForSegments(session: Session): Promise<void> {
  await withPage(session, async (page) => {
    await page.goto(contactsTab);
    await page.getByRole('button', { name: /^Inclusion List, / }).click();
    await page.getByText(/List updated/).waitFor({ timeout: 120_000 });
  });
}

type Row = [name: string, figures: string];
type Code = { withPage: number; later: number };

/**
 * Bytes of scripts over the wire, compressed as sent: those that the page itself names, and those that it fetches
 * when it has nothing else to do.
 */
function readCode(session: Session, path: string): Promise<Code> {
  return withPage(session, async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    const scripts = new Map<string, { file: string; bytes: number }>();
    cdp.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
      const file = new URL(request.url).pathname.split('/').at(-1) ?? '';
      if (type === 'Script') scripts.set(requestId, { file, bytes: 0 });
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const script = scripts.get(requestId);
      if (script) script.bytes = encodedDataLength;
    });
    const document = await (await page.goto(path))?.text();
    await page.waitForLoadState('networkidle');
    const sum = (isNamed: boolean) =>
      [...scripts.values()]
        .filter(({ file }) => document?.includes(file) === isNamed)
        .reduce((all, { bytes }) => all + bytes, 0);
    return { withPage: sum(true), later: sum(false) };
  });
}

async function measureCode(session: Session): Promise<Row[]> {
  const empty = await readCode(session, emptyPage);
  const tab = await readCode(session, contactsTab);
  const kilobytes = (bytes: number) => `${whole(bytes / 1_000)} kB`;
  return [
    ['scripts of an empty page', kilobytes(empty.withPage)],
    [
      `scripts of the tab above it (at most ${budget.kilobytes} kB)`,
      kilobytes(tab.withPage - empty.withPage),
    ],
    ['scripts fetched when it has nothing else to do', kilobytes(tab.later)],
  ];
}

async function measurePaint(session: Session): Promise<Row[]> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const time = await withPage(session, async (page) => {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.goto(contactsTab);
      await page.waitForLoadState('networkidle');
      return page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
              type: 'largest-contentful-paint',
              buffered: true,
            });
          }),
      );
    });
    times.push(time);
  }
  return [
    [
      `largest paint, processor 4 times slower (below ${whole(budget.paintMs)} ms)`,
      shown(percentiles(times)),
    ],
  ];
}

async function measureMenu(session: Session): Promise<Row[]> {
  const inSight: number[] = [];
  const page50: number[] = [];
  await withPage(session, async (page) => {
    for (let run = 0; run < 20; run++) {
      await page.goto(contactsTab);
      await page.waitForLoadState('networkidle');
      const times = await openMenu(page);
      inSight.push(times.inSight);
      page50.push(times.page);
    }
  });
  return [
    [
      `menu of ${whole(segments)} segments, from the click to the options in sight (below ${milliseconds(budget.openMs)})`,
      shown(percentiles(inSight)),
    ],
    [`from the click to all ${pageOfMenu} that are fetched at once`, shown(percentiles(page50))],
  ];
}

/** Milliseconds until the options that there is room for are painted, and until all of the first page are. */
function openMenu(page: Page): Promise<{ inSight: number; page: number }> {
  return page.evaluate((whole) => {
    const button = document.querySelector<HTMLElement>('main button[aria-haspopup=dialog]');
    const began = performance.now();
    const options = () => document.querySelectorAll('[role=dialog] [role=option]').length;
    const painted = (count: number) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const isThere = options() >= count;
          requestAnimationFrame(isThere ? () => resolve(performance.now() - began) : look);
        };
        look();
      });
    button?.click();
    return Promise.all([painted(5), painted(whole)]).then(([inSight, all]) => ({ inSight, page: all }));
  }, pageOfMenu);
}

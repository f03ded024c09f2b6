import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * How to launch a Chromium on this machine: Playwright's own, one of the system, else the one inside an npm
 * package. None is downloaded.
 */
export async function chromiumLaunch(): Promise<{ executablePath: string; args: string[] }> {
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const own = chromium.executablePath();
  if (existsSync(own)) return { executablePath: own, args };
  const folders = (process.env.PATH ?? '').split(delimiter);
  const system = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (system) return { executablePath: system, args };
  // The package brings the system libraries it needs too, but unpacks them only where it believes to run on
  // a bare cloud machine. This one is as bare: there is no browser on it.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return { executablePath: await packaged.executablePath(), args: [...packaged.args, ...args] };
}

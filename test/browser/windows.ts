/** Windows of the practice page in Chromium: opened, listened to, photographed. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];
const SCREENSHOTS = join(import.meta.dirname, '..', '..', 'test-results', 'practice-page');
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** Finds Chromium. Without it the test is skipped, but never on a build server: there it must not pass unseen. */
function findChromium(): string | null {
  const found = [process.env['CHROMIUM_PATH'] ?? '', ...CHROMIUM].find((path) => path !== '' && existsSync(path));
  if (found === undefined && process.env['CI']) throw new Error('No Chromium found; set CHROMIUM_PATH.');
  return found ?? null;
}

/** Starts Chromium; `null`, and a line that says so, where there is none. */
export async function launchChromium(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.log('      skipped: no Chromium on this machine; set CHROMIUM_PATH to one');
    return null;
  }
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath, args: QUIET });
}

/** One window. `complaints` gets every error of the page, and every request that left the demo. */
export interface Window {
  readonly page: Page;
  readonly complaints: string[];
  seat(name: 'technician' | 'caller' | 'approver'): Locator;
  /** The newest button with that verb in a seat; `fields` narrows it down: `[data-outcome="nobody"]`. */
  button(seat: 'technician' | 'caller' | 'approver', verb: string, fields?: string): Locator;
  screenshot(name: string): Promise<Buffer>;
}

/** Opens a window on the page. `seats` as in its address: `?approver=ID`. */
export async function openWindow(browser: Browser, origin: string, seats = ''): Promise<Window> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(`${origin}/${seats}`);
  await page.locator('.link-state.live').waitFor();
  const seat = (name: string): Locator => page.locator(`#${name}`);
  return {
    page,
    complaints,
    seat,
    button: (name, verb, fields = '') => seat(name).locator(`button[data-verb="${verb}"]${fields}`).last(),
    screenshot: (name) => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) }),
  };
}

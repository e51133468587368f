/**
 * `npm run images`: takes the two screenshots for the README from the running demo, into docs/images/. Only the clicks are
 * scripted: the cards come from the real bot. No image shows a pass.
 *
 * node scripts/draw-readme-images.ts [--out DIR] [--browser PATH]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { smallPng } from './small-png.ts';

const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'docs', 'images') },
    browser: { type: 'string', default: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' },
  },
});

/** The README should load quickly on slow connections too. */
const MOST_BYTES = 200_000;
/** A card needs a tall window, so that no scroll box cuts it off; the page is drawn as it fits a small laptop. */
const CARD = { viewport: { width: 1440, height: 1600 }, deviceScaleFactor: 1.5 };
const QUIET_MS = 1500;
/** New ledger rows fade in; the image shows them after that. */
const STILL = { animations: 'disabled' } as const;
const PAGE = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1 };

/** Starts the demo on a free port and waits until it is ready. */
async function startDemo(): Promise<{ readonly process: ChildProcess; readonly origin: string }> {
  const demo = spawn(process.execPath, ['demo/run.ts', '--port', '0', '--no-open'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: demo.stdout })) {
    const origin = /^ready (\S+)$/.exec(line)?.[1];
    if (origin !== undefined) return { process: demo, origin };
  }
  throw new Error('The demo ended before it was ready.');
}

/** The newest button in the technician's chat with this verb. Its text may change, the verb does not. */
function button(page: Page, verb: string): Locator {
  return page.locator(`#technician button[data-verb="${verb}"]`).last();
}

/** Plays the case of the phone left at home, up to the card with the button `until`. */
async function play(page: Page, origin: string, until: 'choose-callback' | 'record-callback'): Promise<void> {
  await page.goto(origin);
  await page.locator('.link-state.live').waitFor();
  await page.locator('#hint button').first().click();
  await page.locator('#technician form button[type=submit]').click();
  await button(page, 'open-lockout').click();
  await button(page, 'tick-methods').click();
  await button(page, 'choose-callback').waitFor();
  if (until === 'choose-callback') return;
  const number = page.locator('#technician .message').last().locator('input[type=radio], select.ac-input').first();
  if ((await number.getAttribute('type')) === 'radio') await number.check();
  else await number.selectOption({ index: 1 });
  await button(page, 'choose-callback').click();
  await button(page, 'record-callback').waitFor();
}

/** Waits until the caller was notified and the page has stopped changing: cards are redrawn when a notice is delivered. */
async function untilQuiet(page: Page): Promise<void> {
  await page.locator('#ledger td.code', { hasText: 'notice.caller.outcome' }).first().waitFor();
  await page.evaluate(`new Promise((resolve) => {
    const quiet = () => { observer.disconnect(); resolve(); };
    let timer = setTimeout(quiet, ${QUIET_MS});
    const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(quiet, ${QUIET_MS}); });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  })`);
}

/** Writes one image and prints its size. Throws when it is too large. */
function keep(name: string, screenshot: Buffer): void {
  const file = join(options.out, name);
  writeFileSync(file, smallPng(screenshot));
  const { size } = statSync(file);
  process.stdout.write(`${file}  ${Math.ceil(size / 1000)} kB\n`);
  if (size > MOST_BYTES) throw new Error(`${name} is larger than ${MOST_BYTES / 1000} kB.`);
}

async function drawCard(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ ...CARD, colorScheme: 'light' });
  await play(page, origin, 'choose-callback');
  await untilQuiet(page);
  keep('card.png', await page.locator('#technician .message').last().locator('.card').screenshot(STILL));
  await page.close();
}

async function drawPage(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ ...PAGE, colorScheme: 'light' });
  await play(page, origin, 'record-callback');
  await page.locator('#caller [role=tab]', { hasText: 'Teams' }).click();
  await page.locator('#caller .message').last().waitFor();
  await untilQuiet(page);
  keep('practice-page.png', await page.screenshot(STILL));
  await page.close();
}

mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: options.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  // Each image gets its own demo, so that both show case 1 and a short ledger.
  for (const draw of [drawCard, drawPage]) {
    const demo = await startDemo();
    try {
      await draw(browser, demo.origin);
    } finally {
      demo.process.kill('SIGTERM');
      await once(demo.process, 'exit');
    }
  }
} finally {
  await browser.close();
}

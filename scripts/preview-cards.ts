/**
 * Renders every card with Microsoft's own renderer in a headless browser, to PNG files that a person can look at. The
 * cards are the same ones the tests check; this script checks only that the renderer does not complain.
 *
 * node scripts/preview-cards.ts [--out DIR] [--browser PATH] [--only NAME] [--people]
 * --people: the caller snapshot of every seeded person instead, read from the emulated tenant.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { loadCards } from '../src/cards/load-cards.ts';
import { everyCard, type Drawn } from '../test/cards/every-card.ts';
import { everyPerson } from '../test/cards/every-person.ts';
import { hostile } from '../test/cards/hostile-texts.ts';

const WIDTHS = { desktop: 560, phone: 320 };
const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'test-results', 'cards') },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    only: { type: 'string' },
    people: { type: 'boolean', default: false },
  },
});

const renderer = readFileSync(
  createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
  'utf8',
);
const cards = loadCards(join(root, 'adaptive-cards')).in('en');
const all = options.people
  ? await everyPerson(cards)
  : [...everyCard(cards), ...everyCard(cards, hostile).map((one) => ({ ...one, name: `hostile.${one.name}` }))];
const drawn = all.filter((one) => options.only === undefined || one.name.includes(options.only));

mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: options.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let warnings = 0;
try {
  for (const [device, width] of Object.entries(WIDTHS)) {
    const page = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 1.5 });
    await page.setContent(PAGE());
    await page.addScriptTag({ content: renderer });
    for (const one of drawn) warnings += await screenshot(page, one, join(options.out, `${one.name}.${device}.png`));
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`${drawn.length} cards at ${Object.keys(WIDTHS).length} widths in ${options.out}; ${warnings} warnings`);
process.exitCode = warnings === 0 ? 0 : 1;

/** Renders one card, takes a screenshot of it, and returns the number of warnings from the renderer. */
async function screenshot(page: Page, one: Drawn, file: string): Promise<number> {
  const result = await page.evaluate(`(() => { ${RENDER()}; return render(${JSON.stringify(one.card)}); })()`);
  const complaints = result as readonly string[];
  for (const complaint of complaints) console.error(`${one.name}: ${complaint}`);
  await page.locator('#card').screenshot({ path: file });
  return complaints.length;
}

/** A page in the colors and sizes of a Teams chat. */
function PAGE(): string {
  return `<!doctype html><style>
    body { margin: 0; background: #f5f5f5; font-family: 'Segoe UI', 'Noto Sans', sans-serif; }
    #card { background: #fff; border: 1px solid #e0e0e0; border-radius: 6px; overflow: hidden; }
    .ac-pushButton { border: 1px solid #d1d1d1; background: #fff; border-radius: 4px; padding: 6px 12px; margin-bottom: 4px; font-weight: 600; cursor: pointer; }
    .ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
    .ac-pushButton.style-destructive { color: #c4314b; border-color: #c4314b; }
    .ac-actionSet { flex-wrap: wrap; }
    .ac-richTextBlock { overflow-wrap: anywhere; }
    .ac-input { font: inherit; } .ac-input-container { margin-top: 4px; }
  </style><div id="card"></div>`;
}

function RENDER(): string {
  return `const render = (json) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig({
      fontFamily: "'Segoe UI', 'Noto Sans', sans-serif",
      fontTypes: { default: { fontFamily: "'Segoe UI', 'Noto Sans', sans-serif" }, monospace: { fontFamily: "'DejaVu Sans Mono', Consolas, monospace" } },
      supportsInteractivity: true,
      spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 12 },
      actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, showCard: { actionMode: 'inline', inlineTopMargin: 8 } },
      containerStyles: {
        default: { backgroundColor: '#ffffff' }, emphasis: { backgroundColor: '#f0f0f0' }, accent: { backgroundColor: '#e8ebfa' },
        good: { backgroundColor: '#e7f2da' }, warning: { backgroundColor: '#fbf3db' }, attention: { backgroundColor: '#fcf0f2' },
      },
    });
    const context = new AdaptiveCards.SerializationContext();
    card.parse(json, context);
    const complaints = [];
    for (let i = 0; i < context.eventCount; i += 1) complaints.push(context.getEventAt(i).message);
    const node = card.render();
    for (const event of card.validateProperties().validationEvents) complaints.push(event.message);
    const host = document.getElementById('card');
    host.replaceChildren(node);
    return complaints;
  };`;
}

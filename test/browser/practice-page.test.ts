import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start.ts';
import { launchChromium, openWindow, type Window } from './windows.ts';

describe('the practice page in Chromium', function () {
  this.timeout(120_000);
  let browser: Browser;
  let demo: Demo;
  const open: { close(): Promise<unknown> }[] = [];
  let window: Window;
  let page: Page;

  before(async function () {
    const launched = await launchChromium();
    if (launched === null) return this.skip();
    browser = launched;
    open.push(browser);
    demo = await startDemo({ port: 0, seedFile: null, dataFolder: null, impatient: true });
    open.push(demo);
  });

  beforeEach(async () => {
    window = await openWindow(browser, demo.origin);
    page = window.page;
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await screenshot('failed');
    await page.close();
  });

  after(async () => {
    for (const one of open) await one.close();
  });

  const seat = (name: 'technician' | 'caller' | 'approver'): Locator => window.seat(name);
  const button = (verb: string, fields = ''): Locator => window.button('technician', verb, fields);
  const screenshot = (name: string): Promise<Buffer> => window.screenshot(name);
  const ledgerSays = (code: string): Promise<void> =>
    page.locator('#ledger td.code', { hasText: code }).first().waitFor();

  /** The first number on record: an expanded list has radio buttons, a compact one is a list box. */
  const chooseNumber = async (): Promise<void> => {
    const choice = seat('technician').locator('.message').last().locator('input[type=radio], select.ac-input').first();
    if ((await choice.getAttribute('type')) === 'radio') await choice.check();
    else await choice.selectOption({ index: 1 });
  };

  it('helps a caller who left the phone at home, from "reset the password" to a closed case', async () => {
    await page.getByRole('button', { name: 'Type it for me' }).click();
    await seat('technician').getByRole('button', { name: 'Send' }).click();
    await button('open-lockout').waitFor();
    await screenshot('01-refused');

    await button('open-lockout').click();
    await button('tick-methods').waitFor();
    await screenshot('02-methods');
    await button('tick-methods').click();

    await button('choose-callback').waitFor();
    await screenshot('03-proof');
    await chooseNumber();
    await button('choose-callback').click();

    await button('record-callback', '[data-outcome="answered-by-caller"]').waitFor();
    await page.getByRole('button', { name: 'Hang up and dial' }).click();
    await seat('caller').getByText('answers at the office').waitFor();
    await screenshot('04-callback');
    await button('record-callback', '[data-outcome="answered-by-caller"]').click();

    await button('issue-pass').waitFor();
    await screenshot('05-ready');
    await button('issue-pass').click();
    await button('pass-read-out').waitFor();
    await screenshot('06-pass');
    const shown = await seat('technician')
      .locator('.message.private')
      .last()
      .locator('.ac-richTextBlock')
      .allInnerTexts();
    const pass =
      shown.map((text) => text.trim()).find((text) => /^\S{8,}$/.test(text) && !text.endsWith('.example')) ?? '';
    assert.notEqual(pass, '', `no pass among: ${shown.join(' | ')}`);

    await seat('caller').getByLabel('Temporary Access Pass', { exact: true }).fill(pass);
    await seat('caller').getByRole('button', { name: 'Sign in' }).click();
    await seat('caller').getByText('Signed in with the Temporary Access Pass').waitFor();
    await button('pass-read-out').click();
    await button('withdraw-pass').waitFor();
    const afterwards = await page.locator('body').innerText();
    assert.ok(!afterwards.includes(pass), 'the pass is gone from the page once it was read out');

    await seat('caller').getByRole('button', { name: 'Go on to Security info' }).click();
    await seat('caller').getByRole('button', { name: 'Add sign-in method' }).click();
    await seat('technician').getByText('Spare phone').waitFor();
    await screenshot('07-first-method');
    await seat('caller').getByLabel('Method', { exact: true }).selectOption('email');
    await seat('caller').getByRole('button', { name: 'Add sign-in method' }).click();
    await ledgerSays('link.push.outcome');
    await seat('caller').getByRole('tab', { name: 'Teams' }).click();
    await screenshot('08-link-pushed');

    await seat('caller').getByRole('tab', { name: 'Laptop' }).click();
    await seat('caller').getByRole('tab', { name: 'Password reset' }).click();
    await seat('caller').getByRole('button', { name: 'Go through the page' }).click();
    await seat('caller').getByText('Your password has been reset.').waitFor();
    await ledgerSays('pass.delete.outcome');
    await seat('technician').locator('.message').last().locator('button').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('the chain is intact').waitFor();
    await screenshot('09-closed');

    const passes = demo.tenant.control.state().passes;
    assert.deepEqual(passes, [], 'no pass is left in the tenant');
    assert.deepEqual(window.complaints, []);
  });

  it('asks a second person for somebody on the VIP list, and takes their answer', async () => {
    await page.getByLabel('Try').selectOption('boss-in-a-hurry');
    await page.getByRole('button', { name: 'Type it for me' }).click();
    await seat('technician').getByRole('button', { name: 'Send' }).click();
    await button('tick-methods').click();
    await button('choose-callback').waitFor();
    await chooseNumber();
    await button('choose-callback').click();
    await button('record-callback', '[data-outcome="answered-by-caller"]').waitFor();
    demo.tenant.control.clock({ advanceSeconds: 30 }); // it rings
    await button('record-callback', '[data-outcome="answered-by-caller"]').click();
    const approve = seat('approver').locator('button[data-verb="decide-approval"][data-decision="approve"]').last();
    await approve.waitFor();
    await screenshot('10-approval');
    await seat('approver').locator('input.ac-input, textarea.ac-input').last().fill('I know her voice.');
    await approve.click();
    await button('issue-pass').waitFor();
    await screenshot('11-approved');
    assert.deepEqual(window.complaints, []);
  });

  it('fits a phone: one view at a time, nothing wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    for (const view of ['Technician', 'Caller', 'Approver', 'Ledger']) {
      await page.getByRole('tab', { name: view, exact: false }).first().click();
      await page.locator(`#${view.toLowerCase()}`).waitFor();
      await screenshot(`12-phone-${view.toLowerCase()}`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(width) <= 390, `${view} is ${String(width)} wide`);
    }
    assert.deepEqual(window.complaints, []);
  });

  it('gives every control a name, and lets the keyboard write to the bot', async () => {
    const nameless = await page.evaluate(`[...document.querySelectorAll('button, select, input, textarea')]
      .filter((one) => one.offsetParent !== null)
      .filter((one) => !(one.getAttribute('aria-label') || one.labels?.length || one.textContent.trim()))
      .map((one) => one.outerHTML)`);
    assert.deepEqual(nameless, []);
    await seat('technician').getByLabel('Message to Hardline').focus();
    await page.keyboard.type('help');
    await page.keyboard.press('Enter');
    await seat('technician').locator('.message.bot').nth(1).waitFor();
    assert.deepEqual(window.complaints, []);
  });

  it('makes the tenant as slow and strict as Microsoft’s, and quick again', async () => {
    const timing = page.getByLabel('Tenant');
    await timing.selectOption('as-microsoft');
    await page.locator('.timing.slow').waitFor();
    assert.equal(demo.tenant.control.state().settings.deltaDelaySeconds, 60);
    await screenshot('14-as-microsoft');
    await timing.selectOption('quick');
    await page.locator('.timing.slow').waitFor({ state: 'detached' });
    assert.equal(demo.tenant.control.state().timing, 'quick');
    demo.tenant.control.settings({ throttling: false });
    assert.deepEqual(window.complaints, []);
  });

  it('registers an office phone and a passkey on Security info', async () => {
    const upn = 'noah.keller@fernhill.example';
    await page.goto(`${demo.origin}/?caller=a0000000-0000-4000-8000-000000000012`);
    demo.tenant.control.nextPass('open-sesame');
    demo.tenant.control.passFromElsewhere({ user: upn, by: 'grace.adeyemi@fernhill.example' });
    await seat('caller').getByLabel('Temporary Access Pass', { exact: true }).fill('open-sesame');
    await seat('caller').getByRole('button', { name: 'Sign in' }).click();
    await seat('caller').getByRole('button', { name: 'Go on to Security info' }).click();
    const choice = seat('caller').getByLabel('Method', { exact: true });
    const add = seat('caller').getByRole('button', { name: 'Add sign-in method' });
    // The answer draws the form anew, so nothing may be chosen in it before the answer is there.
    let held = Promise.withResolvers<undefined>();
    await page.route('**/_control/registerMethod', async (route) => {
      await held.promise;
      await route.continue();
    });
    for (const [method, label] of [
      ['office', 'Office phone'],
      ['passkey', 'Passkey'],
    ] as const) {
      held = Promise.withResolvers();
      await choice.selectOption(method);
      await add.click();
      await seat('caller').locator('button[aria-busy="true"]').waitFor();
      assert.equal(await choice.isDisabled(), true, 'a choice is open that the answer will throw away');
      held.resolve(undefined);
      await seat('caller').locator('li', { hasText: label }).waitFor();
    }
    await page.unroute('**/_control/registerMethod');
    const listed = await fetch(`${demo.tenant.origin}/v1.0/users/${upn}/authentication/methods`, {
      headers: { Authorization: 'Bearer any' },
    });
    const { value } = (await listed.json()) as { value: Record<string, unknown>[] };
    assert.deepEqual(
      value.map((one) => one['phoneType'] ?? one['model']).filter((one) => one !== undefined),
      ['office', 'Microsoft Authenticator'],
    );
    assert.deepEqual(window.complaints, []);
  });

  it('goes dark when the system is dark, and back at the press of a button', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme="dark"]').waitFor();
    await screenshot('13-dark');
    await page.getByRole('button', { name: 'Switch to light colors' }).click();
    await page.locator('html[data-theme="light"]').waitFor();
  });
});

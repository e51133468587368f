import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start.ts';
import { launchChromium, openWindow, type Window } from './windows.ts';

const person = (number: string): string => `a0000000-0000-4000-8000-0000000000${number}`;
const [ABEL, MARA, TOM] = [person('04'), person('11'), person('02')];

describe('two windows of the practice page in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let demo: Demo;
  const open: Browser[] = [];
  /** Tess, Lena and Ada; beside them, in a window of their own, Abel and Lena's manager. */
  let main: Window;
  let beside: Window;

  before(async function () {
    const launched = await launchChromium();
    if (launched === null) return this.skip();
    browser = launched;
    open.push(browser);
  });
  after(async () => {
    for (const one of open) await one.close();
  });

  beforeEach(async () => {
    demo = await startDemo({ port: 0, seedFile: null, dataFolder: null, impatient: true });
    main = await openWindow(browser, demo.origin);
    beside = await openWindow(browser, demo.origin, `?technician=${TOM}&caller=${MARA}&approver=${ABEL}`);
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed())
      await Promise.all([main.screenshot('failed-main'), beside.screenshot('failed-beside')]);
    await Promise.all([main.page.close(), beside.page.close()]);
    await demo.close();
  });

  const begin = async (guide: string): Promise<void> => {
    await main.page.getByLabel('Try').selectOption(guide);
    await main.page.getByRole('button', { name: 'Type it for me' }).click();
    await main.seat('technician').getByRole('button', { name: 'Send' }).click();
  };
  const showTeams = (of: Window): Promise<void> => of.seat('caller').getByRole('tab', { name: 'Teams' }).click();
  const ledgerSays = (code: string): Promise<void> =>
    main.page.locator('#ledger td.code', { hasText: code }).first().waitFor();
  const isAsWideAsThePhone = async (page: Page): Promise<void> =>
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 390);
  /** The same window as a phone shows it, one view after the other. */
  const asPhone = async (name: string, views: readonly string[]): Promise<void> => {
    await main.page.setViewportSize({ width: 390, height: 780 });
    for (const view of views) {
      await main.page.locator('#tabs').getByRole('tab', { name: view }).click();
      await main.screenshot(`${name}-phone-${view.toLowerCase()}`);
      await isAsWideAsThePhone(main.page);
    }
    await main.page.setViewportSize({ width: 1280, height: 800 });
  };

  it('an approver in another window says yes, the card moves by itself, and the pass is on one screen only', async () => {
    await begin('two-people');
    await main.button('technician', 'tick-methods').click();
    await main.button('technician', 'choose-callback').waitFor();
    const proof = main.seat('technician').locator('.message').last();
    await proof.locator('button[aria-expanded]').first().click();
    const seen = main.button('technician', 'seen-in-person');
    await seen.waitFor();
    await proof.locator('.ac-input-container:visible input[type=radio]').last().check();
    await seen.scrollIntoViewIfNeeded();
    await main.screenshot('20-proof-in-person');
    await seen.click();

    const approve = '[data-decision="approve"]';
    await main.button('approver', 'decide-approval', approve).waitFor();
    await beside.button('approver', 'decide-approval', approve).waitFor();
    await main.screenshot('21-approval-asked');
    await asPhone('21-approval-asked', ['Approver']);
    await beside.seat('approver').locator('input.ac-input, textarea.ac-input').last().fill('I see both of them.');
    await beside.button('approver', 'decide-approval', approve).click();

    await main.button('technician', 'issue-pass').waitFor();
    for (const window of [main, beside]) {
      const closed = window.seat('approver').locator('.message').last();
      await closed.getByText('Approved', { exact: true }).waitFor();
      await closed.getByText('Abel Brandt').waitFor();
    }
    await beside.screenshot('22-approved');

    await main.button('technician', 'issue-pass').click();
    await main.button('technician', 'pass-read-out').waitFor();
    await showTeams(main);
    await main.seat('caller').getByText('was issued for your account').waitFor();
    await main.screenshot('23-pass-and-notices');
    await asPhone('23-pass', ['Technician', 'Caller']);
    await showTeams(beside);
    await beside.seat('caller').getByText('was issued for somebody in your team').waitFor();
    await beside.screenshot('24-manager-notified');

    const shown = await main.seat('technician').locator('.message.private').last().innerText();
    const [pass = ''] = /^(?=.*[^A-Za-z])\S{8}$/m.exec(shown) ?? [];
    assert.notEqual(pass, '', `no pass in: ${shown}`);
    for (const seat of ['caller', 'approver'] as const) {
      assert.ok(!(await main.seat(seat).innerText()).includes(pass), `${seat} does not see it`);
    }
    assert.ok(!(await beside.page.locator('body').innerText()).includes(pass), 'nor does the other window');
    assert.deepEqual([...main.complaints, ...beside.complaints], []);
  });

  it('the caller presses "This was not me" while the pass is being made: no pass stays alive, and the lead is alarmed', async () => {
    await begin('this-was-not-me');
    await main.button('technician', 'tick-methods').click();
    await main.button('technician', 'choose-callback').waitFor();
    const numbers = main.seat('technician').locator('.message').last();
    await numbers.locator('input[type=radio]').first().check();
    await main.button('technician', 'choose-callback').click();
    const answered = main.button('technician', 'record-callback', '[data-outcome="answered-by-caller"]');
    await answered.waitFor();
    demo.tenant.control.clock({ advanceSeconds: 30 }); // it rings
    await answered.click();
    await main.button('technician', 'issue-pass').waitFor();
    await showTeams(main);
    await main.screenshot('30-caller-is-told');

    await main.button('technician', 'issue-pass').click();
    await ledgerSays('pass.create.intent');
    await main.screenshot('31-issuing');
    await main.button('caller', 'not-me').click();
    await main.seat('caller').getByText('The case was stopped').waitFor();
    await ledgerSays('pass.delete.outcome');
    await main.seat('technician').getByText('hand the case over').waitFor();
    await main.seat('approver').getByText('"This was not me" was pressed').waitFor();
    await main.screenshot('32-stopped');
    await asPhone('32-stopped', ['Technician', 'Caller', 'Approver', 'Ledger']);
    assert.deepEqual(demo.tenant.control.state().passes, [], 'no pass is left in the tenant');
    assert.equal(await main.seat('technician').locator('button[data-verb="pass-read-out"]').count(), 0);
    assert.deepEqual([...main.complaints, ...beside.complaints], []);
  });

  it('shows whether Hardline gets through to the caller, and which mode is on, in every window', async () => {
    await begin('caller-has-no-app');
    await showTeams(main);
    const reach = main.seat('caller').locator('.reach');
    await reach.locator('select').selectOption('does not have the app');
    await reach.getByText('may install its app').waitFor();
    await main.screenshot('40-no-app');
    await main.button('technician', 'tick-methods').click();
    await main.seat('caller').getByText('Did you just call the helpdesk?').waitFor();
    assert.equal(await reach.locator('select').inputValue(), 'has-app', 'it was installed through Graph');

    await main.seat('caller').locator('.panel-head select').selectOption('Sofia Rossi');
    await reach.locator('select').selectOption('has blocked the bot');
    await reach.getByText('The technician reads everything out').waitFor();
    await main.seat('caller').getByRole('img', { name: 'has blocked the bot' }).waitFor();
    await main.seat('technician').getByLabel('Message to Hardline').fill('Sofia Rossi is locked out');
    await main.seat('technician').getByLabel('Message to Hardline').press('Enter');
    await main.button('technician', 'tick-methods').click();
    await main.seat('technician').getByText('could not be reached in Teams').waitFor();
    await main.screenshot('40-not-reached');
    await asPhone('40-not-reached', ['Technician', 'Caller']);

    await main.seat('approver').getByLabel('Message to Hardline').fill('lockdown on strange calls');
    await main.seat('approver').getByLabel('Message to Hardline').press('Enter');
    for (const window of [main, beside]) await window.page.getByText('Lockdown: no passes at all').waitFor();
    await main.screenshot('41-lockdown');
    await main.seat('approver').getByLabel('Message to Hardline').fill('lockdown off all clear');
    await main.seat('approver').getByLabel('Message to Hardline').press('Enter');
    for (const window of [main, beside]) await window.page.locator('#mode').waitFor({ state: 'hidden' });
    assert.deepEqual([...main.complaints, ...beside.complaints], []);
  });
});

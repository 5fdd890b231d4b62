import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Sent } from '../../../lib/inspector/ports';
import { type StartedServer, startServer, stopServers } from '../../support/faces';
import { ask } from '../../support/inspector';
import { deliver } from '../../support/send';
import { openBrowser } from './drawing-page';

let browser: Browser;
let server: StartedServer;
let pages: Page[] = [];
const errors: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  server = await startServer();
});
afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  pages = [];
  expect(errors.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await stopServers();
});

interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens the page at a place, without pictures: there is no internet here. */
async function open(
  place: string,
  { width = 1_280, height = 800, colorScheme = 'light' }: View = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  pages.push(page);
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${server.url}/?pictures=off#/${place}`);
  await page.waitForSelector('header h1');
  return page;
}

const rowsIn = (page: Page) => page.locator('.delivery-row');
const placeOf = (page: Page) => page.evaluate(() => location.hash);
const label = (id: string, event = 'LABEL_CREATED') =>
  deliver(
    server.url,
    { id, label: null, createdAt: '2026-01-01T00:00:00Z' },
    { 'x-labelbox-event': event },
  );

test('an empty page says what to do first', async () => {
  const page = await open('deliveries');
  await page.getByText('Nothing has arrived yet').waitFor();
  await page.getByText('npx labelrelay send v1-label-created-2023 --local').waitFor();
  expect(await page.locator('.command').count()).toBeGreaterThan(3);
});

test('deliveries appear as they arrive, and one shows its events, body and headers', async () => {
  const page = await open('deliveries');
  await label('first');
  await rowsIn(page).first().waitFor();
  await deliver(server.url, '{}', { 'x-hub-signature': 'sha1=no' });
  await page.getByText('have not the form').first().waitFor();
  await page.locator('.delivery-row .mark-rejected').waitFor();
  await page.getByText('label/first').first().click();
  await page.getByRole('heading', { name: 'LABEL_CREATED' }).waitFor();
  await page.getByText('label-store', { exact: true }).waitFor();
  await page.getByText('x-hub-signature', { exact: true }).waitFor();
  expect(await page.locator('.body pre').textContent()).toContain('"id": "first"');
});

test('keys, links and the way back', async () => {
  for (const id of ['a', 'b', 'c']) await label(id);
  const page = await open('deliveries');
  await page.getByText('label/c').first().waitFor();
  const list = await placeOf(page);
  await page.keyboard.press('j');
  const newest = await placeOf(page);
  expect(newest).toMatch(/^#\/deliveries\/\d+$/);
  await page.keyboard.press('j');
  const next = await placeOf(page);
  expect(Number(next.split('/')[2])).toBe(Number(newest.split('/')[2]) - 1);
  await page.keyboard.press('k');
  expect(await placeOf(page)).toBe(newest);
  await page.goBack();
  expect(await placeOf(page)).toBe(list);
  await page.keyboard.press('/');
  await page.keyboard.type('label/b jkjk'.slice(0, 7));
  await page.getByText('1 row').waitFor();
  expect(await placeOf(page)).toContain('q=label');
  // A link shows the same to somebody else.
  const other = await open((await placeOf(page)).slice(2));
  await other.getByText('1 row').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'LABEL_CREATED' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await placeOf(page)).not.toMatch(/deliveries\/\d/);
});

test('nothing moves while one reads: new lines wait', async () => {
  const page = await open('deliveries');
  await rowsIn(page).first().waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  const before = await rowsIn(page).first().textContent();
  await label('later');
  await page.getByRole('button', { name: '1 new' }).waitFor();
  expect(await rowsIn(page).first().textContent()).toBe(before);
  await page.getByRole('button', { name: '1 new' }).click();
  await page.getByText('label/later').first().waitFor();
});

test('what a payload says is only text', async () => {
  const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
  const rightToLeft = 'שלום \u202e evil';
  const id = `${markup}${rightToLeft}`.slice(0, 200);
  const body = {
    id,
    label: JSON.stringify({ objects: [{ title: markup, point: { x: 1, y: 2 } }] }),
    note: 'x'.repeat(1_000_000),
    project: { id: markup, name: markup },
    createdAt: '2026-01-01T00:00:00Z',
  };
  expect(
    (await deliver(server.url, body, { 'x-labelbox-event': markup.slice(0, 60) })).status,
  ).toBe(202);
  const page = await open('deliveries');
  await rowsIn(page).first().waitFor();
  await page.keyboard.press('j');
  await page.locator('.body pre').waitFor();
  await page.locator('.event-part .event-view').waitFor();
  // The long text is not in the document before somebody asks for it.
  expect((await page.locator('.body pre').textContent())?.length).toBeLessThan(30_000);
  await page.getByRole('button', { name: /Show more of/ }).click();
  await page.goto(`${server.url}/?pictures=off#/labels`);
  await page.getByText('onerror').first().waitFor();
  expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined();
  expect(await page.locator('main img, main script').count()).toBe(0);
});

test('the policy holds: no script of the payload could run, and no other host is asked', async () => {
  const page = await open('deliveries');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await ask<Sent[]>(server.url, 'send', { all: true });
  for (let count = 0; count < 6; count++) {
    await page.keyboard.press('j');
    await page.locator('.event-part, .delivery .faint').first().waitFor();
  }
  expect(asked.filter((origin) => origin !== server.url && !origin.startsWith('null'))).toEqual([]);
});

test.each([360, 1_600])('at %i pixels nothing is wider than the window', async (width) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const place of ['deliveries', 'queues', 'labels']) {
      const page = await open(place, { width, colorScheme });
      await page.locator('main').waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([place, wide]).toEqual([place, width]);
    }
  }
});

test('the theme is chosen, and stays', async () => {
  const page = await open('deliveries');
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await back();
  await page.getByRole('button', { name: 'system theme' }).click();
  await page.getByRole('button', { name: 'light theme' }).click();
  const dark = await back();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole('button', { name: 'dark theme' }).waitFor();
  expect(await back()).toBe(dark);
});

test('ages that are known of some queues stand in their own column', async () => {
  const page = await open('deliveries');
  const lines = [
    { name: 'idle', waiting: 0, inFlight: 0, deadLetters: 7 },
    { name: 'busy', waiting: 5, inFlight: 1, deadLetters: 0, ageSeconds: 90 },
  ];
  await page.route('**/inspector/api/queues', (route) => route.fulfill({ json: lines }));
  await page.getByRole('link', { name: 'queues', exact: true }).click();
  await page.getByText('90 s').waitFor();
  expect(await page.locator('thead tr').first().locator('th').allTextContents()).toEqual([
    'Queue',
    'Waiting',
    'With a worker',
    'Oldest',
    'Dead letters',
  ]);
  const rows = page.locator('table').first().locator('tbody tr');
  expect(await rows.nth(0).locator('th, td').allTextContents()).toEqual([
    'idle',
    '0',
    '0',
    '',
    '7',
  ]);
  expect(await rows.nth(1).locator('th, td').allTextContents()).toEqual([
    'busy',
    '5',
    '1',
    '90 s',
    '0',
  ]);
});

test('a tab that nobody sees leaves its connection to others, and catches up', async () => {
  const page = await open('deliveries');
  const show = (isHidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await label('seen-at-once');
  await page.getByText('label/seen-at-once').first().waitFor();
  await show(true);
  await label('seen-later');
  await page.waitForTimeout(700);
  expect(await page.getByText('label/seen-later').count()).toBe(0);
  await show(false);
  await page.getByText('label/seen-later').first().waitFor();
});

test('a page too many says so, and connects once there is room', async () => {
  await label('waits-for-room');
  const stop = new AbortController();
  const stream = () => fetch(`${server.url}/inspector/api/stream`, { signal: stop.signal });
  const streams = await Promise.all(Array.from({ length: 8 }, stream));
  expect(streams.map(({ status }) => status)).toEqual(new Array(8).fill(200));
  const page = await open('deliveries');
  await page.getByText('not connected').waitFor();
  expect(await page.getByText('Nothing has arrived yet').count()).toBe(0);
  stop.abort();
  await page.getByText('label/waits-for-room').first().waitFor();
  expect(await page.getByText('not connected').count()).toBe(0);
  // The browser tells of the answer 503.
  expect(errors.splice(0).join()).toMatch(/503/);
});

test('10,000 deliveries with the page open stay smooth', async () => {
  const page = await open('deliveries');
  let at = 0;
  const lane = async () => {
    while (at < 10_500) {
      const answer = await deliver(server.url, '{}', { 'x-hub-signature': `sha1=${at++}` });
      expect(answer.status).toBe(401);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  await page.getByText('10,000 rows').waitFor();
  expect(await rowsIn(page).count()).toBeLessThan(80);
  const last = await page.evaluate(async () => {
    const box = document.querySelector('.virtual') as HTMLElement;
    let slowest = 0;
    for (let step = 0; step <= 40; step++) {
      const began = performance.now();
      box.scrollTop = (box.scrollHeight / 40) * step;
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      slowest = Math.max(slowest, performance.now() - began);
    }
    return { slowest, rows: document.querySelectorAll('.delivery-row').length };
  });
  // Two frames take 33 ms. A list of 10,000 lines in the document would take many times as long.
  expect(last.slowest).toBeLessThan(1_000);
  expect(last.rows).toBeGreaterThan(5);
  const began = Date.now();
  await page.getByRole('searchbox').fill('nothing has this');
  await page.getByText('No delivery fits').waitFor();
  expect(Date.now() - began).toBeLessThan(3_000);
});

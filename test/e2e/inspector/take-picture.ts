import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { SECRET, startServer, stopServers } from '../../support/faces';
import { send } from '../../support/send';
import { openBrowser } from './drawing-page';
import { street } from './street';

const ROOT = join(__dirname, '../../..');
const PICTURE = join(ROOT, 'docs/inspector.png');
const MOST_BYTES = 200_000;

/** Deliveries of both platforms that are sent before the one that is shown. */
const BEFORE = [
  'tasks-created',
  'v2-text-entity',
  'v1-label-created-2023',
  'v2-label-created-video',
  'annotation-updated',
  'v2-geo-point',
  'textarea-region-alone-audio',
  'workflow-action-approve',
  'annotations-deleted',
];

let browser: Browser | undefined;

/** `npm run picture`: the inspector of `npm start` with deliveries, as docs/inspector.png. */
async function takePicture(): Promise<void> {
  const server = await startServer();
  browser = await openBrowser();
  const cli = join(ROOT, 'dist/cli/labelrelay.cjs');
  const env = {
    ...process.env,
    PORT: new URL(server.url).port,
    AWS_PORT: new URL(server.aws).port,
  };
  for (const name of BEFORE) {
    execFileSync(process.execPath, [cli, 'send', name, '--local'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const { status } = await send(server.url, {
    path: '/webhooks/label-studio',
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify(street),
  });
  if (status !== 202) throw new Error(`expected the delivery to be accepted, got ${status}`);

  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  await page.goto(`${server.url}/`);
  await page.locator('.delivery-row', { hasText: 'label/42' }).click();
  const drawing = page.locator('.event-view .picture');
  await drawing.waitFor();
  await page.waitForFunction(
    () => document.querySelector<HTMLImageElement>('.stage img')?.complete,
  );
  await drawing.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await page.mouse.move(0, 0);
  await page.screenshot({ path: PICTURE });
  const { size } = statSync(PICTURE);
  if (size > MOST_BYTES)
    throw new Error(`expected a picture below ${MOST_BYTES} bytes, got ${size}`);
}

takePicture()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => Promise.all([browser?.close(), stopServers()]));

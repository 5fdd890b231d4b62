import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { shapesOf } from './read-drawing';
import { eventOf, SIZE, useDrawing } from './use-drawing';

const { draw, errors, page } = useDrawing();

describe('pictures', () => {
  let server: Server;
  let address: string;
  let requests: { readonly url: string | undefined; readonly referrer: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push({ url: request.url, referrer: request.headers.referer });
      response.setHeader('content-type', 'image/png');
      response.end(png(40, 20));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });
  beforeEach(() => {
    requests = [];
  });
  const box = { kind: 'bbox', name: 'a', bbox: [50, 50, 25, 25], unit: 'percent' };

  test('a picture is loaded only if pictures are on, and tells nobody where it is shown', async () => {
    const event = eventOf([box], { content: { image: `${address}/a.png?Signature=S3CRET` } });
    await draw(event, false);
    await page().waitForTimeout(200);
    expect(requests).toEqual([]);
    await draw(event, true);
    await page().waitForFunction(() =>
      document.querySelector('figcaption')?.textContent?.includes('40 × 20'),
    );
    expect(requests).toEqual([{ url: '/a.png?Signature=S3CRET', referrer: undefined }]);
    // Half of 40 x 20, and a quarter of it.
    expect((await shapesOf(page(), 0))[0]?.edges).toEqual([20, 10, 30, 15]);
    const [shape] = await shapesOf(page(), 0);
    for (const [side, share] of [0.5, 0.5, 0.75, 0.75].entries()) {
      expect(shape?.onPaper?.[side]).toBeCloseTo(share, 4);
    }
    const elsewhere = await page().evaluate(
      () =>
        [...document.querySelectorAll('*')].filter(
          (element) =>
            !(element instanceof HTMLImageElement) &&
            [...element.attributes].some(({ value }) => value.includes('S3CRET')),
        ).length,
    );
    expect(elsewhere).toBe(0);
  });

  test.each([
    ['javascript:alert(1)//a.png'],
    ['file:///etc/passwd'],
    ['data:text/html,<script>alert(1)</script>'],
    ['blob:https://example.com/1'],
    ['//example.com/a.png'],
    [' https://example.com/a.png'],
  ])('%s is not loaded', async (content) => {
    await draw(eventOf([box], { content, ...SIZE }), true);
    expect(await page().locator('img').count()).toBe(0);
  });

  test('a mask in an image of its own has the color of its class where the image has the mask', async () => {
    const mask = { kind: 'mask', name: 'm', uri: `${address}/mask.png`, colorRgb: [10, 20, 30] };
    await draw(eventOf([mask], { media: { width: 40, height: 20 } }), true);
    await page().waitForFunction(() => {
      const image = document.querySelector('img');
      return image?.complete && image.naturalWidth === 40;
    });
    await page().mouse.move(0, 0);
    const shot = await page().locator('.stage').screenshot();
    const colors = await page().evaluate(async (encoded) => {
      const image = new Image();
      image.src = `data:image/png;base64,${encoded}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: image.width, height: image.height });
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.drawImage(image, 0, 0);
      return [0.25, 0.75].map((share) =>
        [...context.getImageData(image.width * share, image.height / 2, 1, 1).data].join(),
      );
    }, shot.toString('base64'));
    // The left half of the image is that color, the right half is another: only the left is colored.
    expect(colors[0]).not.toBe('255,255,255,255');
    expect(colors[1]).toBe('255,255,255,255');
  });

  test('masks of two labels keep their own colors', async () => {
    const mask = (name: string) => ({ kind: 'mask', name, uri: `${address}/mask.png` });
    const event = eventOf([mask('one')], { media: { width: 40, height: 20 } });
    const data = event.data as { labels: object[] };
    const labels = [...data.labels, { id: 'l2', annotations: [mask('other')] }];
    await draw({ ...event, data: { ...data, labels } }, true);
    await page().locator('img').nth(1).waitFor({ state: 'attached' });
    const shown = await page().evaluate(() =>
      [...document.querySelectorAll('img')].map(({ style }) => {
        const id = /#([^")]+)/.exec(style.filter)?.[1] ?? '';
        const matrix = document.getElementById(id)?.querySelector('feColorMatrix');
        return matrix?.getAttribute('values');
      }),
    );
    expect(shown).toHaveLength(2);
    expect(shown).not.toContain(undefined);
    expect(shown[0]).not.toBe(shown[1]);
  });

  test('a picture that cannot be loaded leaves a plain canvas, and says so', async () => {
    await draw(eventOf([box], { content: 'http://127.0.0.1:9/a.png', ...SIZE }), true);
    await page().waitForFunction(() => document.body.textContent?.includes('cannot be loaded'));
    expect(await page().locator('img').count()).toBe(0);
    expect((await shapesOf(page(), 0))[0]?.edges).toEqual([100, 50, 150, 75]);
    errors().length = 0;
  });
});

/** A PNG whose left half is of the color 10, 20, 30, and whose right half is of another. */
function png(width: number, height: number): Buffer {
  const row = Buffer.concat([
    Buffer.from([0]),
    ...Array.from({ length: width }, (_, x) =>
      Buffer.from(x < width / 2 ? [10, 20, 30] : [200, 20, 30]),
    ),
  ]);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(new Array<Buffer>(height).fill(row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

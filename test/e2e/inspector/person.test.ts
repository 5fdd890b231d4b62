import { describe, expect, test } from '@jest/globals';
import { eventOf, SIZE, useDrawing } from './use-drawing';

const { draw, page } = useDrawing();

describe('a person', () => {
  const two = [
    { kind: 'bbox', name: 'left', bbox: [10, 10, 40, 40] },
    { kind: 'bbox', name: 'right', bbox: [110, 10, 40, 40] },
  ];
  const activeName = () => page().locator('li.active .name').allTextContents();

  test('who points at a shape sees its row, and who focuses a row sees its shape', async () => {
    await draw(eventOf(two, SIZE));
    const stage = page().locator('.stage');
    const { width } = (await stage.boundingBox()) ?? { width: 0 };
    const scale = width / 200;
    await stage.hover({ position: { x: 130 * scale, y: 30 * scale } });
    expect(await activeName()).toEqual(['right']);
    await page().mouse.move(0, 0);
    expect(await activeName()).toEqual([]);
    await page().locator('.row').first().focus();
    const box = await page()
      .locator('path.line.active')
      .evaluate((path) => {
        const { x, y } = (path as SVGPathElement).getBBox();
        return [x, y];
      });
    expect(box).toEqual([10, 10]);
  });

  test('keys, buttons and the wheel enlarge; what is under the pointer stays there', async () => {
    await draw(eventOf(two, SIZE));
    const stage = page().locator('.stage');
    const view = async (): Promise<number[]> =>
      ((await stage.getAttribute('data-view')) ?? '').split(' ').map(Number);
    expect(await view()).toEqual([0, 0, 200, 100]);
    await stage.focus();
    await page().keyboard.press('+');
    // Half as much again about the middle: 200 / 1.5 wide.
    expect((await view()).map((each) => Math.round(each * 100) / 100)).toEqual([
      33.33, 16.67, 133.33, 66.67,
    ]);
    await page().keyboard.press('0');
    expect(await view()).toEqual([0, 0, 200, 100]);
    await page().getByRole('button', { name: 'Zoom in' }).click();
    expect((await view())[2]).toBeCloseTo(133.33, 2);
    await page().getByRole('button', { name: 'Show all' }).click();

    const { x = 0, y = 0, width = 0, height = 0 } = (await stage.boundingBox()) ?? {};
    await page().mouse.move(x + width / 4, y + height / 2);
    await page().mouse.wheel(0, -400);
    await page().waitForFunction(
      () => !document.querySelector('.stage')?.getAttribute('data-view')?.endsWith('200 100'),
    );
    const [left = 0, top = 0, across = 1, down = 1] = await view();
    expect(across).toBeLessThan(100);
    expect(left + across / 4).toBeCloseTo(50, 0);
    expect(top + down / 2).toBeCloseTo(50, 0);
    await page().mouse.down();
    await page().mouse.move(x + width / 4 + 50, y + height / 2, { steps: 3 });
    await page().mouse.up();
    expect((await view())[0]).toBeLessThan(left);
  });
});

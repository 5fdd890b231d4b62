import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { colorOf } from '../../../../inspector/draw/color';

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('white text on the color of any class can be read', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const { back, line } = colorOf(name);
      expect(line).toMatch(/^#[\da-f]{6}$/);
      expect(1.05 / (luminance(back) + 0.05)).toBeGreaterThan(4.45);
      expect(colorOf(name)).toEqual({ back, line });
    }),
  );
});

test('different classes mostly have different colors', () => {
  const names = Array.from({ length: 40 }, (_, index) => `class ${index}`);
  // 1080 colors: among 40 names, 40 * 39 / 2 / 1080 = 0.7 pairs share one on average.
  expect(new Set(names.map((name) => colorOf(name).line)).size).toBeGreaterThan(36);
});

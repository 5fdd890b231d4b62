import { useEffect, useRef } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import { eachScaledRun, type Runs } from './mask';
import type { Drawn } from './scenes';
import type { Size } from './shape';
import { placeIn } from './view';

/** The most pixels of a side of the canvas. */
const MOST = 2048;
const ALPHA = 140;

/** The masks of a picture on one canvas, which has its size or, for a large picture, less. */
export function MasksCanvas({
  drawn,
  view,
}: {
  readonly drawn: readonly Drawn[];
  readonly view: Box;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const masks = drawn.flatMap(({ mask, item }) => (mask ? [{ mask, color: item.color.line }] : []));
  const size = {
    width: masks.reduce((most, { mask }) => Math.max(most, mask.size.width), 0),
    height: masks.reduce((most, { mask }) => Math.max(most, mask.size.height), 0),
  };
  useEffect(() => {
    if (canvas.current && masks.length > 0) paint(canvas.current, masks, size);
  }, [drawn]);
  if (masks.length === 0) return null;
  return (
    <canvas
      class="stage-layer stage-masks"
      ref={canvas}
      style={placeIn(view, [0, 0, size.width, size.height])}
    />
  );
}

interface Colored {
  readonly mask: Runs;
  /** `#rrggbb`. */
  readonly color: string;
}

function paint(element: HTMLCanvasElement, masks: readonly Colored[], size: Size): void {
  const factor = Math.min(1, MOST / Math.max(size.width, size.height));
  const width = Math.max(Math.round(size.width * factor), 1);
  const height = Math.max(Math.round(size.height * factor), 1);
  Object.assign(element, { width, height });
  const context = element.getContext('2d');
  if (!context) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (const { mask, color } of masks) {
    const value = toPixel(color);
    eachScaledRun(mask, factor, (x, y, length) => {
      const column = Math.min(x, width - 1);
      for (let row = y; row < Math.min(y + length, height); row++) {
        pixels[row * width + column] = value;
      }
    });
  }
  context.putImageData(image, 0, 0);
}

/** Red, green, blue and alpha in the order of bytes of image data. */
const toPixel = (color: string): number => {
  const rgb = Number.parseInt(color.slice(1), 16);
  const [red, green, blue] = [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
  return ((ALPHA << 24) | (blue << 16) | (green << 8) | red) >>> 0;
};

import { useEffect, useRef } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import type { Drawn } from './scenes';
import type { ShapesProps } from './shapes-svg';
import { isInView, placeIn } from './view';

/** The time without a movement after which the canvas is drawn anew. */
const REST_MS = 80;

/**
 * Many shapes on a canvas. While the view moves, what is drawn already is moved with it, so that a movement costs the
 * same for any number of shapes.
 */
export function ShapesCanvas({ drawn, view, active }: ShapesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Box>(view);
  const key = view.join();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const again = (): void => {
      paint(element, drawn, view);
      painted.current = view;
      place(element, view, view);
    };
    if (painted.current === view || element.width === 0) {
      again();
      return undefined;
    }
    place(element, painted.current, view);
    const timer = setTimeout(again, REST_MS);
    return () => clearTimeout(timer);
  }, [key, drawn]);
  const marked = drawn.find(({ item }) => item.index === active);
  return (
    <>
      <canvas class="stage-layer" ref={canvas} width={0} height={0} />
      <svg
        class="stage-shapes"
        viewBox={view.join(' ')}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {marked && <path class="edge active" d={marked.shape.path} />}
        {marked && (
          <path
            class={`line active ${marked.shape.isArea ? 'area' : ''}`}
            d={marked.shape.path}
            stroke={marked.item.color.line}
            fill={marked.item.color.line}
            data-annotation={marked.item.index}
          />
        )}
      </svg>
    </>
  );
}

/** Puts what was painted for one view where it belongs in another. */
function place(element: HTMLCanvasElement, of: Box, view: Box): void {
  Object.assign(element.style, placeIn(view, of));
}

function paint(element: HTMLCanvasElement, drawn: readonly Drawn[], view: Box): void {
  const parent = element.parentElement;
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const width = Math.round((parent?.clientWidth ?? 0) * ratio);
  const height = Math.round((parent?.clientHeight ?? 0) * ratio);
  if (width === 0 || height === 0) return;
  Object.assign(element, { width, height });
  const context = element.getContext('2d');
  if (!context) return;
  const scale = width / view[2];
  context.setTransform(
    scale,
    0,
    0,
    height / view[3],
    -view[0] * scale,
    (-view[1] * height) / view[3],
  );
  context.lineCap = 'round';
  context.lineWidth = ratio / scale;
  for (const { shape, item } of drawn) {
    if (!isInView(view, shape.box)) continue;
    context.strokeStyle = item.color.line;
    if (isUpright(shape.path)) context.strokeRect(...shape.box);
    else {
      context.lineWidth = (shape.isArea ? 1 : 2) * (ratio / scale);
      context.stroke(new Path2D(shape.path));
      context.lineWidth = ratio / scale;
    }
  }
}

/** Whether a path is an upright box, which a canvas draws much faster than a path. */
const isUpright = (path: string): boolean => /^M(\S+) (\S+)L(\S+) \2L\3 (\S+)L\1 \4Z$/.test(path);

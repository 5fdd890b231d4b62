import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Box, Point } from '../../lib/events/box-around';
import { fitted, panned, zoomed } from './view';

const STEP = 1.5;
const MOVE = 0.15;

export interface StageProps {
  /** Its name, for screen readers. */
  readonly label: string;
  /** The area that it shows at first. */
  readonly extent: Box;
  /** Draws the part of the plane that can be seen. */
  readonly children: (view: Box) => ComponentChildren;
  readonly onPoint?: Pointed;
  readonly onPress?: Pointed;
}

/** Tells the point of the plane, which a pointer that left has not, and what can be seen of the plane. */
type Pointed = (at: Point | undefined, view: Box) => void;

/** A plane that can be moved and enlarged by wheel, touch, buttons and keys. */
export function Stage({ label, extent, children, onPoint, onPress }: StageProps) {
  const whole = fitted(extent);
  const [moved, setView] = useState<{ readonly view: Box; readonly of: string }>();
  const of = extent.join();
  const view = moved?.of === of ? moved.view : whole;
  const change = (to: Box): void => setView({ view: to, of });
  const element = useRef<HTMLDivElement>(null);
  const pointers = usePointers({ view, whole, change, onPress });

  const placeOf = (event: MouseEvent): Point => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const onWheel = (event: WheelEvent): void => {
    const factor = Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400));
    // The page scrolls on where there is nothing to zoom.
    if (factor <= 1 && view[2] >= whole[2]) return;
    event.preventDefault();
    change(zoomed(view, factor, placeOf(event), whole));
  };
  const wheel = useRef(onWheel);
  wheel.current = onWheel;
  useEffect(() => {
    const listen = (event: WheelEvent): void => wheel.current(event);
    const { current } = element;
    // Preact listens passively, which cannot keep the page from scrolling.
    current?.addEventListener('wheel', listen, { passive: false });
    return () => current?.removeEventListener('wheel', listen);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = afterKey(event, view, whole);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    change(to);
  };
  const about: Point = [0.5, 0.5];
  return (
    <div class="stage-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the controls of a form */}
      <div
        class="stage"
        ref={element}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move and enlarge what is drawn
        tabIndex={0}
        aria-label={`${label}. Plus and minus zoom, arrow keys move, 0 shows all.`}
        style={{
          aspectRatio: `${whole[2]} / ${whole[3]}`,
          maxWidth: `calc(70vh * ${whole[2] / whole[3]})`,
          // One finger scrolls the page as long as there is nothing to move here.
          touchAction: view[2] < whole[2] ? 'none' : 'pan-y',
        }}
        data-view={view.join(' ')}
        onKeyDown={onKeyDown}
        onMouseMove={(event) => {
          const [x, y] = placeOf(event);
          onPoint?.([view[0] + x * view[2], view[1] + y * view[3]], view);
        }}
        onMouseLeave={() => onPoint?.(undefined, view)}
        {...pointers}
      >
        <div class="stage-layers" aria-hidden="true">
          {children(view)}
        </div>
      </div>
      <div class="stage-tools">
        <button type="button" onClick={() => change(zoomed(view, STEP, about, whole))}>
          <span aria-hidden="true">+</span>
          <span class="unseen">Zoom in</span>
        </button>
        <button type="button" onClick={() => change(zoomed(view, 1 / STEP, about, whole))}>
          <span aria-hidden="true">−</span>
          <span class="unseen">Zoom out</span>
        </button>
        <button type="button" onClick={() => change(whole)} disabled={view[2] >= whole[2]}>
          Show all
        </button>
        <span class="faint">{`${Math.round((whole[2] / view[2]) * 100)} %`}</span>
      </div>
    </div>
  );
}

/** @returns undefined for keys that do nothing here */
function afterKey(event: KeyboardEvent, view: Box, whole: Box): Box | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const middle: Point = [0.5, 0.5];
  switch (event.key) {
    case '+':
    case '=':
      return zoomed(view, STEP, middle, whole);
    case '-':
      return zoomed(view, 1 / STEP, middle, whole);
    case '0':
      return whole;
    case 'ArrowLeft':
      return panned(view, [-MOVE, 0], whole);
    case 'ArrowRight':
      return panned(view, [MOVE, 0], whole);
    case 'ArrowUp':
      return panned(view, [0, -MOVE], whole);
    case 'ArrowDown':
      return panned(view, [0, MOVE], whole);
    default:
      return undefined;
  }
}

interface Moving {
  readonly view: Box;
  readonly whole: Box;
  readonly change: (to: Box) => void;
  readonly onPress?: Pointed;
}

/** A movement that is longer than this many CSS pixels is no press. */
const SLACK = 4;

/** One pointer moves the view, two enlarge it. */
function usePointers({ view, whole, change, onPress }: Moving) {
  const down = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (down.current.size === 0) travelled.current = 0;
    down.current.set(event.pointerId, [event.clientX, event.clientY]);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const from = down.current.get(event.pointerId);
    if (!from) return;
    const stage = event.currentTarget as Element;
    const box = stage.getBoundingClientRect();
    const to: Point = [event.clientX, event.clientY];
    const others = [...down.current].filter(([id]) => id !== event.pointerId);
    travelled.current += Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (travelled.current > SLACK) stage.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, to);
    const [other] = others[0] ? [others[0][1]] : [];
    if (other) {
      const ratio =
        Math.hypot(to[0] - other[0], to[1] - other[1]) /
        (Math.hypot(from[0] - other[0], from[1] - other[1]) || 1);
      const middle: Point = [
        ((to[0] + other[0]) / 2 - box.left) / box.width,
        ((to[1] + other[1]) / 2 - box.top) / box.height,
      ];
      change(zoomed(view, ratio, middle, whole));
    } else if (travelled.current > SLACK) {
      change(panned(view, [(from[0] - to[0]) / box.width, (from[1] - to[1]) / box.height], whole));
    }
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (!down.current.delete(event.pointerId) || travelled.current > SLACK) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const at: Point = [
      view[0] + ((event.clientX - box.left) / box.width) * view[2],
      view[1] + ((event.clientY - box.top) / box.height) * view[3],
    ];
    onPress?.(at, view);
  };
  const onPointerCancel = (event: PointerEvent): void => {
    down.current.delete(event.pointerId);
  };
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel };
}

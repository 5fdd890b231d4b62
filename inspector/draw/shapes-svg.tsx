import { useMemo } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import type { Drawn } from './scenes';
import type { Shape } from './shape';

export interface ShapesProps {
  readonly drawn: readonly Drawn[];
  readonly view: Box;
  /** The annotation that stands out. */
  readonly active: number | undefined;
}

/** Shapes as elements of SVG, in pixels of the picture. */
export function ShapesSvg({ drawn, view, active }: ShapesProps) {
  const elements = useMemo(() => drawn.map(toElement), [drawn]);
  const edge = useMemo(
    () =>
      drawn
        .filter(isSolid)
        .map(({ shape }) => shape.path)
        .join(''),
    [drawn],
  );
  const marked = drawn.filter(({ item }) => item.index === active);
  return (
    <svg
      class="stage-shapes"
      viewBox={view.join(' ')}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="edge" d={edge} />
      {elements}
      {marked.map(({ item, shape }) => (
        <>
          <path class={`edge active ${isDot(shape) ? 'dot' : ''}`} d={shape.path} />
          <path
            class={`line active ${shape.isArea ? 'area' : isDot(shape) ? 'dot' : ''}`}
            d={shape.path}
            stroke={item.color.line}
            fill={item.color.line}
          />
        </>
      ))}
    </svg>
  );
}

/** Whether its line has no gaps, which a dark edge below would fill. */
const isSolid = ({ isBetween, mask, item: { status } }: Drawn): boolean =>
  !isBetween && !mask && (status === undefined || status === 'added' || status === 'after');

const toElement = ({ item, shape, isBetween, mask }: Drawn) => (
  <path
    key={item.index}
    class={`line ${shape.isArea ? 'area' : isDot(shape) ? 'dot' : 'open'} ${classOf({ isBetween, isMask: !!mask })} ${item.status ?? ''}`}
    d={shape.path}
    stroke={item.color.line}
    fill={item.color.line}
    data-annotation={item.index}
    data-kind={String(item.annotation.kind)}
  />
);

/** Whether it is one point, or several: their lines have no length. */
const isDot = ({ path, isArea }: Shape): boolean => !isArea && path.endsWith('h0');

const classOf = ({ isBetween, isMask }: { isBetween: boolean; isMask: boolean }): string =>
  isMask ? 'around-mask' : isBetween ? 'between' : '';

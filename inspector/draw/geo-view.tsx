import { useMemo } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import { findAt } from './find-at';
import { geoShape, gridOf, planeOf } from './geo';
import type { Item } from './items';
import type { Highlight } from './picture';
import { fieldsOf } from './read';
import type { Drawn } from './scenes';
import { ShapesSvg } from './shapes-svg';
import { Stage } from './stage';
import { Tags } from './tags';
import { placeIn } from './view';
import { counted } from './words';

interface GeoViewProps extends Highlight {
  readonly items: readonly Item[];
}

/** Shapes on a map, on a plain grid of degrees. */
export function GeoView({ items, active, point, choose }: GeoViewProps) {
  const plane = useMemo(
    () => planeOf(items.map(({ annotation }) => fieldsOf(annotation.geometry))),
    [items],
  );
  const drawn = useMemo(
    () =>
      items.flatMap((item): Drawn[] => {
        const shape = plane && geoShape(fieldsOf(item.annotation.geometry), plane);
        return shape ? [{ item, shape, isBetween: false }] : [];
      }),
    [items, plane],
  );
  if (!plane) return null;
  return (
    <figure class="picture geo" data-plane={[...plane.origin, plane.scale].join(' ')}>
      <figcaption>
        Map<span class="faint"> in degrees</span>
      </figcaption>
      <Stage
        label={`Map with ${counted(drawn.length, 'shape')}`}
        extent={plane.box}
        onPoint={(at, view) => point(at && findAt(drawn, at, view)?.item.index)}
        onPress={(at, view) => {
          const found = at && findAt(drawn, at, view);
          if (found) choose(found.item.index);
        }}
      >
        {(view) => (
          <>
            <Grid plane={plane} view={view} />
            <ShapesSvg drawn={drawn} view={view} active={active} />
            <Tags drawn={drawn} view={view} active={active} />
          </>
        )}
      </Stage>
    </figure>
  );
}

interface GridProps {
  readonly plane: NonNullable<ReturnType<typeof planeOf>>;
  readonly view: Box;
}

/** The grid of what can be seen. */
function Grid({ plane, view }: GridProps) {
  const { origin, scale } = plane;
  const seen: GridProps['plane'] = {
    origin: [origin[0] + view[0] / scale, origin[1] - view[1] / scale],
    scale,
    box: [0, 0, view[2], view[3]],
  };
  const { longitudes, latitudes } = gridOf(seen);
  const side = (degrees: number, [plus, minus]: readonly [string, string]): string =>
    `${Math.abs(degrees)}°${degrees === 0 ? '' : degrees > 0 ? plus : minus}`;
  return (
    <div class="grid">
      {longitudes.map(({ degrees, at }) => (
        <span
          key={degrees}
          class="meridian"
          style={{ left: placeIn(seen.box, [at, 0, 0, 0]).left }}
        >
          {side(degrees, ['E', 'W'])}
        </span>
      ))}
      {latitudes.map(({ degrees, at }) => (
        <span key={degrees} class="parallel" style={{ top: placeIn(seen.box, [0, at, 0, 0]).top }}>
          {side(degrees, ['N', 'S'])}
        </span>
      ))}
    </div>
  );
}

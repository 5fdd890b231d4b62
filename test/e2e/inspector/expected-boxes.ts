/** `[left, top, right, bottom]`. */
export type Edges = readonly [number, number, number, number];

type Fields = Readonly<Record<string, unknown>>;
type Point = readonly [number, number];

/**
 * The upright box around a geometry of an event, computed by other means than the inspector's: by the corners that
 * the event has, or by points on the outline.
 */
export function expectedEdges(geometry: Fields): Edges | undefined {
  const points = outlineOf(geometry);
  if (!points) return undefined;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function outlineOf(geometry: Fields): readonly Point[] | undefined {
  switch (geometry.kind) {
    case 'bbox':
    case 'document-box': {
      // For a rotated box it is the upright box around the corners.
      const [x, y, width, height] = geometry.bbox as [number, number, number, number];
      return [
        [x, y],
        [x + width, y + height],
      ];
    }
    case 'polygon':
    case 'polyline':
      return geometry.points as Point[];
    case 'point':
      return [geometry.point as Point];
    case 'ellipse': {
      const [x, y] = geometry.center as Point;
      const [across, down] = geometry.radii as Point;
      const turn = (((geometry.rotation as number | undefined) ?? 0) * Math.PI) / 180;
      return Array.from({ length: 36_000 }, (_, step) => {
        const angle = (step / 18_000) * Math.PI;
        const [alongX, alongY] = [across * Math.cos(angle), down * Math.sin(angle)];
        return [
          x + alongX * Math.cos(turn) - alongY * Math.sin(turn),
          y + alongX * Math.sin(turn) + alongY * Math.cos(turn),
        ] as const;
      });
    }
    case 'mask':
      return geometry.rle ? maskPixels(geometry.rle as Rle) : undefined;
    default:
      return undefined;
  }
}

export interface Rle {
  /** `[height, width]`. */
  readonly size: readonly [number, number];
  /** The lengths of runs, column by column, the first one outside the mask. */
  readonly counts: readonly number[];
}

/** The corners of every pixel in a mask. */
export function maskPixels({ size: [height], counts }: Rle): Point[] {
  const bits = counts.flatMap((count, index) => new Array<boolean>(count).fill(index % 2 === 1));
  return bits.flatMap((isIn, place): Point[] => {
    const [x, y] = [Math.floor(place / height), place % height];
    return isIn
      ? [
          [x, y],
          [x + 1, y + 1],
        ]
      : [];
  });
}

/** All positions of a GeoJSON geometry. */
export function positionsOf({ coordinates, geometries }: Fields): Point[] {
  if (Array.isArray(geometries)) return geometries.flatMap((each) => positionsOf(each as Fields));
  const flatten = (value: unknown): Point[] => {
    const list = value as unknown[];
    return typeof list[0] === 'number' ? [list as unknown as Point] : list.flatMap(flatten);
  };
  return flatten(coordinates);
}

import type { Box, Point } from '../../lib/events/box-around';
import type { Drawn } from './scenes';

/** The nearness, as a share of the view's width, at which a line or a point is met. */
const NEAR = 0.012;

/** The smallest shape whose box has a point: what a person points at. */
export function findAt(drawn: readonly Drawn[], [x, y]: Point, view: Box): Drawn | undefined {
  const near = view[2] * NEAR;
  let found: Drawn | undefined;
  let least = Infinity;
  for (const each of drawn) {
    const [left, top, width, height] = each.shape.box;
    const slack = each.shape.isArea ? 0 : near;
    const isIn =
      x >= left - slack &&
      x <= left + width + slack &&
      y >= top - slack &&
      y <= top + height + slack;
    const area = (width + 2 * slack) * (height + 2 * slack);
    if (isIn && area <= least) [found, least] = [each, area];
  }
  return found;
}

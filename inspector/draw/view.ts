import type { Box, Point } from '../../lib/events/box-around';

/** The most that a picture is enlarged. */
const MOST = 400;
/** Wider or higher pictures get a margin, so that they stay visible on every screen. */
const WIDEST = 4;
const HIGHEST = 1.5;

/** The part of the plane that a stage shows at first: the whole extent, in the middle. */
export function fitted([x, y, width, height]: Box): Box {
  const [across, down] = [Math.max(width, 1e-6), Math.max(height, 1e-6)];
  const fullWidth = Math.max(across, down / HIGHEST);
  const fullHeight = Math.max(down, across / WIDEST);
  return [x - (fullWidth - across) / 2, y - (fullHeight - down) / 2, fullWidth, fullHeight];
}

/**
 * A view that is enlarged about a point.
 *
 * @param at the point that stays in its place, as shares of the view's width and height
 */
export function zoomed(view: Box, factor: number, [atX, atY]: Point, whole: Box): Box {
  const [x, y, width, height] = view;
  const wanted = Math.min(Math.max(width / factor, whole[2] / MOST), whole[2]);
  const ratio = wanted / width;
  return kept(
    [x + atX * width * (1 - ratio), y + atY * height * (1 - ratio), wanted, height * ratio],
    whole,
  );
}

/** A view that is moved by shares of its width and height. */
export const panned = ([x, y, width, height]: Box, [byX, byY]: Point, whole: Box): Box =>
  kept([x + byX * width, y + byY * height, width, height], whole);

/** A view that does not leave the whole. */
function kept([x, y, width, height]: Box, whole: Box): Box {
  const within = (start: number, length: number, least: number, most: number): number =>
    Math.min(Math.max(start, least), Math.max(least, least + most - length));
  return [
    within(x, width, whole[0], whole[2]),
    within(y, height, whole[1], whole[3]),
    width,
    height,
  ];
}

/** The place of a box in a view, in percent of the view. */
export function placeIn(view: Box, [x, y, width, height]: Box) {
  const percent = (value: number): string => `${value * 100}%`;
  return {
    left: percent((x - view[0]) / view[2]),
    top: percent((y - view[1]) / view[3]),
    width: percent(width / view[2]),
    height: percent(height / view[3]),
  };
}

export const isInView = (view: Box, [x, y, width, height]: Box): boolean =>
  x <= view[0] + view[2] && x + width >= view[0] && y <= view[1] + view[3] && y + height >= view[1];

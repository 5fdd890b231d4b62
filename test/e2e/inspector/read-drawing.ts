import type { Page } from 'playwright-core';
import type { Edges } from './expected-boxes';

export interface DrawnShape {
  /** The index of the annotation. */
  readonly annotation: number;
  /** The title of the picture. */
  readonly scene: string;
  /** The box around the outline, in the coordinates of the drawing. */
  readonly edges: Edges;
  /** The box around the outline on the paper or picture below, as shares of its width and height. */
  readonly onPaper: Edges | undefined;
  /** Longitude and latitude of the upper left corner, and units for each degree, of a map. */
  readonly plane: readonly number[] | undefined;
}

/** The drawing of a label, read from the page. */
export const shapesOf = (page: Page, label: number): Promise<DrawnShape[]> =>
  page.evaluate((index) => {
    const section = document.querySelectorAll('.label')[index];
    return [...(section?.querySelectorAll('path.line[data-annotation]') ?? [])].map((element) => {
      const path = element as SVGPathElement;
      const { x, y, width, height } = path.getBBox();
      const toScreen = path.getScreenCTM() as DOMMatrix;
      const figure = path.closest('figure');
      const paper = figure?.querySelector('.paper')?.getBoundingClientRect();
      const corners = [new DOMPoint(x, y), new DOMPoint(x + width, y + height)].map((point) =>
        point.matrixTransform(toScreen),
      );
      const [first, last] = corners as [DOMPoint, DOMPoint];
      return {
        annotation: Number(path.dataset.annotation),
        scene: figure?.querySelector('figcaption')?.firstChild?.textContent ?? '',
        edges: [x, y, x + width, y + height] as const,
        onPaper:
          paper &&
          ([
            (first.x - paper.left) / paper.width,
            (first.y - paper.top) / paper.height,
            (last.x - paper.left) / paper.width,
            (last.y - paper.top) / paper.height,
          ] as const),
        plane: (figure as HTMLElement | null)?.dataset.plane?.split(' ').map(Number),
      };
    });
  }, label);

export interface DrawnMark {
  readonly annotations: readonly number[];
  readonly text: string;
}

export const marksOf = (page: Page, label: number): Promise<DrawnMark[]> =>
  page.evaluate((index) => {
    const section = document.querySelectorAll('.label')[index];
    return [...(section?.querySelectorAll('mark') ?? [])].map((mark) => ({
      annotations: (mark.dataset.annotations ?? '').split(' ').map(Number),
      text: mark.textContent ?? '',
    }));
  }, label);

export interface DrawnLane {
  readonly unit: string;
  readonly annotation: number | undefined;
  readonly name: string;
  /** The bars, in the unit of the axis, as read from where they are on the screen. */
  readonly bars: readonly (readonly [number, number])[];
}

export const lanesOf = (page: Page, label: number): Promise<DrawnLane[]> =>
  page.evaluate((index) => {
    const section = document.querySelectorAll('.label')[index];
    return [...(section?.querySelectorAll<HTMLElement>('.axis') ?? [])].flatMap((axis) => {
      const [from, to] = [Number(axis.dataset.from), Number(axis.dataset.to)];
      return [...axis.querySelectorAll<HTMLElement>('.lane')].map((lane) => {
        const whole = (lane.querySelector('.bars') as Element).getBoundingClientRect();
        const bars = [...lane.querySelectorAll<SVGPathElement>('.bar')].map((bar) => {
          const { x, width } = bar.getBBox();
          const toScreen = bar.getScreenCTM() as DOMMatrix;
          const [start, end] = [x, x + width].map(
            (at) => (new DOMPoint(at, 0).matrixTransform(toScreen).x - whole.left) / whole.width,
          ) as [number, number];
          return [from + start * (to - from), from + end * (to - from)] as const;
        });
        return {
          unit: axis.dataset.unit ?? '',
          annotation:
            lane.dataset.annotation === undefined ? undefined : Number(lane.dataset.annotation),
          name: lane.querySelector('bdi')?.textContent ?? '',
          bars,
        };
      });
    });
  }, label);

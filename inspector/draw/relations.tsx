import type { Box, Point } from '../../lib/events/box-around';
import type { Item } from './items';
import { type Fields, fieldsOf, listOf, textOf } from './read';
import { drawnAt, type Scene } from './scenes';
import type { Size } from './shape';
import { clip } from './words';

/** A relation between two annotations. */
export interface Relation {
  readonly from: Item | undefined;
  readonly to: Item | undefined;
  readonly words: string;
  readonly arrow: string;
}

/** The relations of a label. An end that is no annotation of it keeps its id. */
export function relationsOf(label: Fields, items: readonly Item[]): Relation[] {
  const byId = new Map(items.map((item) => [textOf(item.annotation.id), item]));
  return listOf(label.relationships)
    .map(fieldsOf)
    .map((relation) => {
      const [from, to] = [textOf(relation.from), textOf(relation.to)];
      const [first, last] = [from && byId.get(from), to && byId.get(to)].map(
        (end) => end || undefined,
      );
      const arrow = arrowOf(textOf(relation.direction));
      const labels = listOf(relation.labels).filter((each) => typeof each === 'string');
      const names = [first?.name ?? from ?? '?', last?.name ?? to ?? '?'].map((each) =>
        clip(each, 60),
      );
      const about = labels.length > 0 ? `: ${clip(labels.join(', '), 200)}` : '';
      return { from: first, to: last, arrow, words: `${names.join(` ${arrow} `)}${about}` };
    });
}

function arrowOf(direction = ''): string {
  if (/^(bi|both)/i.test(direction)) return '↔';
  if (/^(left)/i.test(direction)) return '←';
  return /^none/i.test(direction) ? '–' : '→';
}

interface RelationLinesProps {
  readonly relations: readonly Relation[];
  readonly scene: Scene;
  readonly frame: number;
  readonly size: Size | undefined;
  readonly view: Box;
}

/** The relations between shapes of one scene. */
export function RelationLines({ relations, scene, frame, size, view }: RelationLinesProps) {
  if (relations.length === 0) return null;
  const middles = new Map(
    drawnAt(scene, frame, size).map(({ item, shape: { box } }): [number, Point] => [
      item.index,
      [box[0] + box[2] / 2, box[1] + box[3] / 2],
    ]),
  );
  const lines = relations.flatMap(({ from, to, arrow }) => {
    const [start, end] = [from && middles.get(from.index), to && middles.get(to.index)];
    return start && end ? [{ start, end, arrow }] : [];
  });
  return (
    <svg
      class="stage-shapes"
      viewBox={view.join(' ')}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {lines.map(({ start, end, arrow }) => {
        const key = `${start.join()} ${end.join()}`;
        const heads = [
          ...(arrow === '→' || arrow === '↔' ? [headOf(start, end, view)] : []),
          ...(arrow === '←' || arrow === '↔' ? [headOf(end, start, view)] : []),
        ];
        const path = `M${start.join(' ')}L${end.join(' ')}`;
        return (
          <g key={key}>
            <path class="edge" d={path + heads.join('')} />
            <path class="relation" d={path} />
            <path class="relation head" d={heads.join('')} />
          </g>
        );
      })}
    </svg>
  );
}

/** The head of an arrow, as large on the screen for every view. */
function headOf([x, y]: Point, [toX, toY]: Point, view: Box): string {
  const angle = Math.atan2(toY - y, toX - x);
  const length = view[2] * 0.02;
  const side = (turn: number): string =>
    `${toX - length * Math.cos(angle + turn)} ${toY - length * Math.sin(angle + turn)}`;
  return `M${side(0.45)}L${toX} ${toY}L${side(-0.45)}`;
}

import type { Box } from '../../lib/events/box-around';
import type { Drawn } from './scenes';
import { isInView, placeIn } from './view';
import { clip } from './words';

/** More names than this cover what they name. */
const MOST = 60;

interface TagsProps {
  readonly drawn: readonly Drawn[];
  readonly view: Box;
  readonly active: number | undefined;
}

const SIGNS: Readonly<Record<string, string>> = { added: '+ ', removed: '− ', after: '~ ' };

/** The names of shapes, at their upper left corners. */
export function Tags({ drawn, view, active }: TagsProps) {
  const seen = drawn.filter(
    ({ shape, item }) => isInView(view, shape.box) && item.status !== 'before',
  );
  const shown = seen.filter(
    ({ item }) =>
      item.index === active ||
      (item.status === undefined ? seen.length <= MOST : item.status !== 'same'),
  );
  return (
    <>
      {shown.slice(0, 4 * MOST).map(({ item, shape }) => {
        const { left, top } = placeIn(view, shape.box);
        const isAtTop = Number.parseFloat(top) < 5;
        return (
          <bdi
            key={item.index}
            class={`tag ${isAtTop ? 'below' : ''} ${item.index === active ? 'active' : ''}`}
            style={{
              left: `${Math.min(Math.max(Number.parseFloat(left), 0), 95)}%`,
              top: `${Math.max(Number.parseFloat(top), 0)}%`,
              background: item.color.back,
            }}
          >
            {`${SIGNS[item.status ?? ''] ?? ''}${clip(item.name, 40)}`}
          </bdi>
        );
      })}
    </>
  );
}

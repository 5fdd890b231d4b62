import { useMemo, useState } from 'preact/hooks';
import { AnnotationList } from './annotation-list';
import { axesOf } from './axes';
import { AxisView } from './axis-view';
import type { Content } from './content';
import { planeOf } from './geo';
import { GeoView } from './geo-view';
import type { Item } from './items';
import { JsonText } from './json-text';
import { Picture } from './picture';
import { type Fields, fieldsOf } from './read';
import { type Relation, RelationLines } from './relations';
import { emptyScene, framesOf, isDrawable, scenesOf } from './scenes';
import { Scrubber } from './scrubber';
import { TextView } from './text-view';
import { plainText, textsOf } from './texts';
import { counted } from './words';

const MOST_SCENES = 20;

interface DrawingsProps {
  readonly items: readonly Item[];
  /** The answers about the whole data row. */
  readonly answers: readonly Fields[];
  readonly relations: readonly Relation[];
  readonly content: Content;
  readonly pictures: boolean;
}

/** Everything about the annotations of one label: its pictures, texts and times, and the list beside them. */
export function Drawings({ items, answers, relations, content, pictures }: DrawingsProps) {
  const [pointed, point] = useState<number>();
  const [chosen, setChosen] = useState<number>();
  const [asked, setFrame] = useState<number>();
  const [shown, setShown] = useState(MOST_SCENES);
  const choose = (index: number): void =>
    setChosen((before) => (before === index ? undefined : index));
  const highlight = { active: pointed ?? chosen, point, choose };

  const layout = useMemo(() => layoutOf(items, answers, content), [items, answers, content]);
  const { scenes, texts, axes, maps, unknown } = layout;
  const frame = asked ?? layout.frames[0] ?? 0;
  const frames = axes.find(({ unit }) => unit === 'frame');
  return (
    <div class="drawings">
      <div class="drawn">
        {scenes.slice(0, shown).map((scene) => (
          <Picture key={scene.key} scene={scene} pictures={pictures} frame={frame} {...highlight}>
            {(view, size) => (
              <RelationLines
                relations={relations}
                scene={scene}
                frame={frame}
                size={size}
                view={view}
              />
            )}
          </Picture>
        ))}
        {scenes.length > shown && (
          <button type="button" onClick={() => setShown(shown + MOST_SCENES)}>
            {`Show more of ${scenes.length} pictures`}
          </button>
        )}
        {layout.frames.length > 0 && frames && (
          <Scrubber axis={frames} frames={layout.frames} frame={frame} onFrame={setFrame} />
        )}
        {axes.map((axis) => (
          <AxisView
            key={axis.unit}
            axis={axis}
            frame={axis === frames && layout.frames.length > 0 ? frame : undefined}
            {...highlight}
          />
        ))}
        {maps.length > 0 && <GeoView items={maps} {...highlight} />}
        {texts.map((scene) => (
          <TextView key={scene.key} scene={scene} {...highlight} />
        ))}
      </div>
      <AnnotationList items={items} {...highlight} />
      {unknown.length > 0 && (
        <details class="unknown">
          <summary>{`${counted(unknown.length, 'annotation')} not drawn, as JSON`}</summary>
          <JsonText value={unknown.slice(0, 50).map(({ annotation }) => annotation)} />
        </details>
      )}
    </div>
  );
}

function layoutOf(items: readonly Item[], answers: readonly Fields[], content: Content) {
  const scenes = scenesOf(items, content);
  const texts = textsOf(items, content);
  const axes = axesOf(items, answers, content);
  const maps = items.filter(({ annotation }) => annotation.kind === 'geo');
  const placed = new Set([
    ...scenes.flatMap(({ parts }) => parts.filter(isDrawable).map(({ item }) => item)),
    ...texts.flatMap(({ blocks, quotes }) => [
      ...quotes.map(({ item }) => item),
      ...blocks.flatMap(({ marks }) => marks.map(({ item }) => item)),
    ]),
    ...axes.flatMap(({ lanes }) => lanes.flatMap(({ item }) => item ?? [])),
    ...maps.filter(({ annotation }) => planeOf([fieldsOf(annotation.geometry)])),
  ]);
  const drawable = scenes.filter(({ parts }) => parts.some(isDrawable));
  const isEmpty = drawable.length + texts.length + axes.length + maps.length === 0;
  const picture = isEmpty ? emptyScene(content) : undefined;
  const text = isEmpty && !picture ? plainText(content) : undefined;
  return {
    scenes: picture ? [picture] : drawable,
    texts: text ? [text] : texts,
    axes,
    maps,
    frames: framesOf(drawable),
    unknown: items.filter((item) => !placed.has(item)),
  };
}

import { useMemo } from 'preact/hooks';
import type { LabelrelayEvent } from '../labelrelay-event';
import { contentOf } from './content';
import { itemsOf, labelsOf } from './items';
import { fieldsOf } from './read';
import { drawnAt, emptyScene, extentOf, framesOf, isDrawable, scenesOf } from './scenes';
import { ShapesSvg } from './shapes-svg';
import { plainText } from './texts';
import { fitted, placeIn } from './view';
import { clip, counted } from './words';

const MOST_SHAPES = 300;

interface ThumbnailProps {
  readonly event: LabelrelayEvent;
  readonly pictures: boolean;
}

/** A small drawing of an event: its first picture, else its text, else how many annotations it has. */
export function Thumbnail({ event, pictures }: ThumbnailProps) {
  const { scene, items, text } = useMemo(() => summaryOf(event), [event]);
  const frame = scene ? (framesOf([scene])[0] ?? 0) : 0;
  const drawn = useMemo(
    () => (scene ? drawnAt(scene, frame, scene.size).slice(0, MOST_SHAPES) : []),
    [scene, frame],
  );
  const said = counted(items.length, 'annotation');
  if (!scene) {
    return (
      <div class="thumbnail" role="img" aria-label={said}>
        <bdi class="thumbnail-text">{text === undefined ? said : clip(text, 120)}</bdi>
      </div>
    );
  }
  const extent = extentOf(scene, scene.size);
  const view = fitted(extent);
  const names = [...new Set(items.map(({ name }) => clip(name, 40)))].slice(0, 5);
  return (
    <div class="thumbnail" role="img" aria-label={[said, ...names].join(', ')}>
      <div class="thumbnail-stage" style={{ aspectRatio: `${view[2]} / ${view[3]}` }}>
        {pictures && scene.picture && scene.size && (
          <img
            class="stage-layer"
            alt=""
            src={scene.picture}
            loading="lazy"
            referrerpolicy="no-referrer"
            style={placeIn(view, extent)}
          />
        )}
        <ShapesSvg drawn={drawn} view={view} active={undefined} />
      </div>
    </div>
  );
}

function summaryOf(event: LabelrelayEvent) {
  const content = contentOf(fieldsOf(event.data));
  const items = labelsOf(event).flatMap(itemsOf);
  const scene =
    scenesOf(items, content).find(({ parts }) => parts.some(isDrawable)) ?? emptyScene(content);
  return { scene, items, text: plainText(content)?.blocks[0]?.text };
}

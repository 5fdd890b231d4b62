import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import { findAt } from './find-at';
import { MaskImages } from './mask-images';
import { MasksCanvas } from './masks-canvas';
import { drawnAt, extentOf, type Scene } from './scenes';
import type { Size } from './shape';
import { ShapesCanvas } from './shapes-canvas';
import { ShapesSvg } from './shapes-svg';
import { Stage } from './stage';
import { Tags } from './tags';
import { placeIn } from './view';
import { clip, counted } from './words';

/** More shapes than this are drawn on a canvas. */
const MOST_ELEMENTS = 1500;

export interface Highlight {
  /** The annotation that stands out, by its index. */
  readonly active: number | undefined;
  /** The annotation that a person points at, or focuses. */
  readonly point: (index: number | undefined) => void;
  /** The annotation that a person has chosen. */
  readonly choose: (index: number) => void;
}

export interface PictureProps extends Highlight {
  readonly scene: Scene;
  readonly pictures: boolean;
  readonly frame: number;
  /** Elements above the drawing, such as the relations of its annotations. */
  readonly children?: (view: Box, size: Size | undefined) => ComponentChildren;
}

/** One scene: its picture, and its shapes above. */
export function Picture({ scene, pictures, frame, active, point, choose, children }: PictureProps) {
  const { picture, natural, onLoad, onError, hasFailed } = useImage(
    pictures ? scene.picture : undefined,
  );
  const size = scene.size ?? natural;
  const drawn = useMemo(() => drawnAt(scene, frame, size), [scene, frame, size]);
  const extent = useMemo(() => extentOf(scene, size), [scene, size]);
  const Shapes = drawn.length > MOST_ELEMENTS ? ShapesCanvas : ShapesSvg;
  return (
    <figure class="picture">
      <figcaption>
        {scene.title}
        <span class="faint">{` ${noteOf(scene, size, { hasFailed, pictures })}`}</span>
      </figcaption>
      <Stage
        label={`${scene.title} with ${counted(drawn.length, 'shape')}`}
        extent={extent}
        onPoint={(at, view) => point(at && findAt(drawn, at, view)?.item.index)}
        onPress={(at, view) => {
          const found = at && findAt(drawn, at, view);
          if (found) choose(found.item.index);
        }}
      >
        {(view) => (
          <>
            {picture && !hasFailed && (
              <img
                class="stage-layer"
                alt=""
                src={picture}
                referrerpolicy="no-referrer"
                draggable={false}
                style={placeIn(view, extent)}
                onLoad={onLoad}
                onError={onError}
              />
            )}
            <div
              class={`stage-layer paper ${picture && !hasFailed ? 'clear' : ''}`}
              style={placeIn(view, extent)}
            />
            {pictures && <MaskImages parts={scene.parts} extent={extent} view={view} />}
            <MasksCanvas drawn={drawn} view={view} />
            <Shapes drawn={drawn} view={view} active={active} />
            {children?.(view, size)}
            <Tags drawn={drawn} view={view} active={active} />
          </>
        )}
      </Stage>
    </figure>
  );
}

interface Loaded {
  readonly of: string;
  /** Undefined if the picture cannot be loaded. */
  readonly size?: Size;
}

/** A picture with its own size, once it is loaded. */
function useImage(picture: string | undefined) {
  const [loaded, setLoaded] = useState<Loaded>();
  const known = loaded?.of === picture ? loaded : undefined;
  const onLoad = ({ currentTarget }: { readonly currentTarget: HTMLImageElement }): void => {
    const { naturalWidth: width, naturalHeight: height } = currentTarget;
    if (picture !== undefined)
      setLoaded({ of: picture, ...(width && height && { size: { width, height } }) });
  };
  const onError = (): void => {
    if (picture !== undefined) setLoaded({ of: picture });
  };
  return {
    picture,
    natural: known?.size,
    hasFailed: known !== undefined && !known.size,
    onLoad,
    onError,
  };
}

function noteOf(
  { picture, unit, size: given }: Scene,
  size: Size | undefined,
  { hasFailed, pictures }: { readonly hasFailed: boolean; readonly pictures: boolean },
): string {
  const measure = size ? `${size.width} × ${size.height}` : unit ? `in ${clip(unit, 20)}` : '';
  const from = size && !given ? ' (size of the picture)' : '';
  if (picture && hasFailed) return `${measure}${from} · the picture cannot be loaded`;
  if (picture && !pictures) return `${measure}${from} · pictures are off`;
  return size || unit ? `${measure}${from}` : 'size not known';
}

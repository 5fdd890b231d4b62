import { useId, useState } from 'preact/hooks';
import type { Box } from '../../lib/events/box-around';
import { toAddress } from './content';
import { listOf, numberOf } from './read';
import type { Part } from './scenes';
import { placeIn } from './view';

interface MaskImagesProps {
  readonly parts: readonly Part[];
  readonly extent: Box;
  readonly view: Box;
}

/** Masks that are images of their own, in the colors of their classes. */
export function MaskImages({ parts, extent, view }: MaskImagesProps) {
  const [failed, setFailed] = useState<readonly string[]>([]);
  // Each label counts its annotations from zero, and one page may show several.
  const own = useId();
  const masks = parts.flatMap(({ item, geometry }) => {
    const address = geometry?.kind === 'mask' ? toAddress(geometry.uri) : undefined;
    return address && !failed.includes(address)
      ? [{ item, address, colorRgb: listOf(geometry?.colorRgb).map(numberOf) }]
      : [];
  });
  return (
    <>
      {masks.map(({ item, address, colorRgb }) => (
        <>
          <MaskFilter id={`${own}-${item.index}`} color={item.color.line} colorRgb={colorRgb} />
          <img
            key={item.index}
            class="stage-layer stage-masks"
            alt=""
            src={address}
            referrerpolicy="no-referrer"
            draggable={false}
            data-annotation={item.index}
            style={{ ...placeIn(view, extent), filter: `url(#${own}-${item.index})` }}
            onError={() => setFailed((before) => [...before, address])}
          />
        </>
      ))}
    </>
  );
}

interface MaskFilterProps {
  readonly id: string;
  readonly color: string;
  /** The color of the mask in its image. A mask without one is white. */
  readonly colorRgb: readonly (number | undefined)[];
}

/**
 * Keeps the pixels of one color, and colors them anew. A filter works on images of other hosts too, whose pixels a
 * page cannot read.
 */
function MaskFilter({ id, color, colorRgb }: MaskFilterProps) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const rows = parts.map((part) => `0 0 0 0 ${part}`).join(' ');
  const isOne = colorRgb.length === 3 && colorRgb.every((part) => part !== undefined);
  const table = (part: number | undefined): string =>
    Array.from({ length: 256 }, (_, value) => (value === part ? 1 : 0)).join(' ');
  return (
    <svg class="unseen" aria-hidden="true">
      <filter id={id} color-interpolation-filters="sRGB">
        {isOne && (
          <feComponentTransfer>
            <feFuncR type="discrete" tableValues={table(colorRgb[0])} />
            <feFuncG type="discrete" tableValues={table(colorRgb[1])} />
            <feFuncB type="discrete" tableValues={table(colorRgb[2])} />
          </feComponentTransfer>
        )}
        <feColorMatrix values={`${rows} ${isOne ? '1 1 1 0 -2' : '1 0 0 0 0'}`} />
        <feComponentTransfer>
          <feFuncA type="linear" slope={0.55} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}

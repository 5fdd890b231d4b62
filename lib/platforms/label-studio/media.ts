import type { LabelData } from '../../events/types';
import { fold, type PendingFold } from '../../json/long/fold';
import type { Items } from '../../json/long/items';
import { asNumber, asObject, asText, isObject, unlessEmpty } from '../../json/read';
import type { Config } from './config';

type Media = NonNullable<NonNullable<LabelData['dataRow']>['media']>;

/** The properties of an object by the results on it; undefined if two results disagree. */
type Known = Pick<Media, 'width' | 'height' | 'frameCount' | 'duration'>;

/** The properties of each image by its index, if it has one. */
type Pictures = Map<number | undefined, Known>;

/** If a task has more images, they are not listed. */
const MAX_PICTURES = 10_000;

/**
 * The size and length of the labeled object, which the results of an annotation repeat. A property is only used if
 * all results on the same object agree. For a task with several images, the images with results are listed.
 */
export const toMedia = (
  results: Items<unknown>,
  config: Config,
): Media | PendingFold<Media> | undefined =>
  fold(results, {
    begin: (): Pictures => new Map(),
    add: (pictures, result) => {
      if (!isObject(result) || pictures.size > MAX_PICTURES) return;
      const value = asObject(result.value);
      const index =
        asNumber(result.item_index) ??
        asNumber(value?.item_index) ??
        config.indexOf(asText(result.to_name));
      const known: Known = {
        width: asSize(result.original_width),
        height: asSize(result.original_height),
        frameCount: asSize(value?.framesCount),
        duration: asSize(result.original_length) ?? asSize(value?.duration),
      };
      pictures.set(index, agreed(pictures.get(index), known));
    },
    end: toKnown,
  });

const asSize = (value: unknown): number | undefined => {
  const size = asNumber(value);
  return size !== undefined && size > 0 && size < 1e12 ? size : undefined;
};

/** Gives NaN for a property on which two results disagree. */
function agreed(before: Known | undefined, known: Known): Known {
  const both = (one: number | undefined, other: number | undefined): number | undefined =>
    one === undefined || other === undefined || one === other ? (one ?? other) : Number.NaN;
  return {
    width: both(before?.width, known.width),
    height: both(before?.height, known.height),
    frameCount: both(before?.frameCount, known.frameCount),
    duration: both(before?.duration, known.duration),
  };
}

function toKnown(pictures: Pictures): Media | undefined {
  if (pictures.size > MAX_PICTURES) return undefined;
  const only = pictures.get(undefined);
  const items = [...pictures]
    .flatMap(([index, { width, height }]) => {
      const size = unlessEmpty({ width: asNumber(width), height: asNumber(height) });
      return index === undefined || !size ? [] : [{ index, ...size }];
    })
    .sort((one, other) => one.index - other.index);
  return unlessEmpty({
    width: asNumber(only?.width),
    height: asNumber(only?.height),
    frameCount: asNumber(only?.frameCount),
    duration: asNumber(only?.duration),
    items: items.length > 0 ? items : undefined,
  });
}

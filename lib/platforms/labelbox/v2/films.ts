import type { Annotation } from '../../../events/types';
import { joinItems } from '../../../json/long/long-list';
import type { MaybeLong } from '../../../json/long/maybe-long';
import { Members } from '../../../json/members';
import { asEntryItems, isObject, type JsonObject } from '../../../json/read';
import { toClassifications } from './classification';
import { readKeyFrames } from './key-frames';
import { type Film, toFrameClassifications, toOddities, toTracks } from './tracks';
import { claimsOf } from './unclaimed-segments';
import { at, type Where } from './where';

/** The frames of a video, or of each group of a DICOM series. */
interface Films {
  readonly films: readonly Film[];
  /** The classifications of each group as a whole. */
  readonly asked: readonly { readonly list: readonly unknown[]; readonly group: string }[];
  /** The unread members of the groups. */
  readonly left: JsonObject | undefined;
}

/** @returns undefined if the content has no frames */
export function readFilms(content: Members): Films | undefined {
  const groups = content.inner('groups');
  const hasFrames = content.take('frames', asEntryItems) !== undefined;
  if (!groups && !hasFrames) return undefined;
  const series = readGroups(groups);
  const own = hasFrames ? [{ frames: content.object.frames }] : [];
  return { ...series, films: [...own, ...series.films] };
}

function readGroups(groups: JsonObject | undefined): Films {
  const read = Object.entries(groups ?? {}).map(([group, value]) => ({
    group,
    ...(isObject(value) ? readGroup(value, group) : { left: value }),
  }));
  const left = read.filter((each) => each.left !== undefined);
  return {
    films: read.flatMap(({ frames, group }) => (frames ? [{ frames, group }] : [])),
    asked: read.flatMap(({ list, group }) => (list ? [{ list, group }] : [])),
    left:
      left.length > 0 ? Object.fromEntries(left.map((each) => [each.group, each.left])) : undefined,
  };
}

interface Group {
  readonly frames?: unknown;
  readonly list?: readonly unknown[];
  readonly left: unknown;
}

function readGroup(value: JsonObject, group: string): Group {
  const members = new Members(value);
  const frames = members.take('frames', asEntryItems) && value.frames;
  const list = members.list('classifications');
  if (value.name === group) members.skip(['name']);
  return { frames, list, left: members.left };
}

/** The objects and classifications on frames. */
export function toMoving({ films, asked }: Films, content: Members, where: Where) {
  const isInterpolated = readKeyFrames(content.inner('key_frame_feature_map'));
  const annotations = joinItems<MaybeLong<Annotation>>(
    toTracks(films, where, isInterpolated),
    ...films.map(toOddities),
  );
  const classifications = joinItems(
    ...films.map((film) => toFrameClassifications(film, where)),
    ...asked.map(({ list, group }) => toClassifications(list, at(where, { group })) ?? []),
  );
  return { annotations, classifications };
}

/** The segments that each frame, and each group as a whole, uses. */
export const claimsOfFilms = ({ films, asked }: Films, where: Where) => [
  ...films.map(({ frames, group }) =>
    (asEntryItems(frames) ?? []).map(([key, value]) => {
      const film = { frames: { [key]: value }, group };
      return claimsOf(where, (recording) => {
        toTracks([film], recording, () => false);
        toFrameClassifications(film, recording);
      });
    }),
  ),
  ...asked.map(({ list, group }) => [
    claimsOf(where, (recording) => toClassifications(list, at(recording, { group }))),
  ]),
];

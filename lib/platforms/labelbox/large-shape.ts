import type { LargeShape } from '../platform';
import { mayNameToken } from './redact';
import { shapeOf } from './shape';

const LONG = '(objects|classifications|relationships)';
/** Long lists are in the JSON text of a v1 label, alone or inside of a review, and in the labels of a v2 row. */
const LONG_LIST = new RegExp(
  `^(label/${LONG}|label/label/${LONG}|projects/[^/]*/labels/annotations/${LONG}|dataRowIds)$`,
);

/** The frames of a video or of a series of images. */
const LONG_OBJECT = /^projects\/[^/]*\/labels\/annotations\/(groups\/[^/]*\/)?frames$/;

export const largeShape: LargeShape = {
  isLongList: (path) => LONG_LIST.test(joined(path)),
  isLongObject: (path) => LONG_OBJECT.test(joined(path)),
  isJsonText: (path) => /^label(\/label)?$/.test(joined(path)),
  isEventList: ([name], body) => name === 'dataRowIds' && shapeOf(body) === 'workflow',
  mayHaveSecrets: mayNameToken,
};

/** The id of a project and the name of a group can be any text. */
const joined = (path: readonly string[]): string =>
  path.map((name) => name.replaceAll('/', '_')).join('/');

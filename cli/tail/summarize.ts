import { colour } from '../terminal/colour';
import { plain } from '../terminal/plain';
import type { Event } from './events';

/** One line: when it came, what it is, of whom, about what. */
export const summarize = ({ recordedtime, type, source, subject, dataref }: Event): string =>
  [
    colour('dim', recordedtime.slice(11, 23)),
    colour('bold', plain(type.replace('labelrelay.', '').padEnd(18))),
    plain(source.slice(1)),
    plain(subject ?? ''),
    dataref ? colour('dim', 'data in S3') : '',
  ]
    .filter(Boolean)
    .join('  ');

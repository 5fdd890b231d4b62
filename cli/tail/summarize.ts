import { colour } from '../terminal/colour';
import { plain } from '../terminal/plain';
import type { Event } from './events';

/** An event without its data. */
export type Summary = Pick<
  Event,
  'id' | 'recordedtime' | 'type' | 'source' | 'subject' | 'dataref'
>;

export const summaryOf = ({
  id,
  recordedtime,
  type,
  source,
  subject,
  dataref,
}: Event): Summary => ({ id, recordedtime, type, source, subject, dataref });

/** One line with the time, topic, source and subject. @param width the width of the names of sources */
export const summarize = (
  { recordedtime, type, source, subject, dataref }: Summary,
  width: number,
): string =>
  [
    colour('dim', recordedtime.slice(11, 23)),
    colour('bold', plain(type.replace('labelrelay.', '').padEnd(18))),
    plain(source.slice(1).padEnd(width)),
    plain(subject ?? ''),
    dataref ? colour('dim', 'data in S3') : '',
  ]
    .filter(Boolean)
    .join('  ');

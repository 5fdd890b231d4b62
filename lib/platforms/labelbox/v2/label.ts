import { toUtc } from '../../../events/timestamp';
import type { Label } from '../../../events/types';
import { leftOf } from '../../../json/left-of';
import type { MaybeLong } from '../../../json/long/maybe-long';
import { Members } from '../../../json/members';
import { asBoolean, asNumber, asText, type JsonObject, unlessEmpty } from '../../../json/read';
import { toContent } from './content';
import type { Where } from './where';

/** Converts one label of an exported row. @param mediaUnit the unit of its medium, if it is known */
export function toLabel(label: JsonObject, mediaUnit: Where['unit']): MaybeLong<Label> {
  const members = new Members(label);
  const details = members.inner('label_details');
  const performance = {
    ...members.inner('performance_details'),
    ...members.inner('performance_details_v2'),
  };
  const kind = members.text('label_kind');
  const annotations = members.inner('annotations');
  const id = members.id('id');
  members.skip(['version']);
  const left = unlessEmpty({ ...members.left, label_details: details && detailsLeft(details) });
  const content = annotations
    ? toContent(annotations, kind === 'Video' ? 'frame' : mediaUnit, left)
    : { other: left };
  return {
    id,
    createdAt: toUtc(details?.created_at),
    updatedAt: toUtc(details?.updated_at),
    // A snapshot only lists labels that exist.
    deleted: false,
    skipped: asBoolean(performance.skipped),
    secondsToLabel:
      asNumber(performance.seconds_to_label) ?? asNumber(performance.seconds_to_create),
    createdBy: unlessEmpty({ email: asText(details?.created_by) }),
    agreement: asNumber(performance.consensus_score),
    benchmarkAgreement: asNumber(performance.benchmark_score),
    kind,
    ...content,
  };
}

/** The reviews of a label, and its unknown details. */
const detailsLeft = (details: JsonObject): JsonObject | undefined =>
  leftOf(details, (name) => DETAILS.has(name));

const DETAILS: ReadonlySet<string> = new Set([
  ...['created_at', 'updated_at', 'created_by', 'content_last_updated_at'],
]);

import { LabelrelayError } from '../errors';
import type { LabelData } from '../events/types';
import { labelsOf } from '../label-store/read-state';
import type { StoredLabel } from '../label-store/stored-label';
import type { InspectorPorts } from './ports';

/** The most labels of a page. */
const PAGE = 48;

export interface ProjectLine {
  readonly source: string;
  /** The id of the project. */
  readonly project: string;
}

/** A label in the form of an event, which the page can draw. */
export interface LabelLine {
  readonly source: string;
  readonly subject: string;
  readonly name: string;
  readonly updated?: string;
  readonly isGone: boolean;
  readonly event: object;
}

export interface LabelPage {
  readonly labels: readonly LabelLine[];
  /** The cursor of the next page, if there may be one. */
  readonly next?: string;
}

/** @throws LabelrelayError `not-found` */
function storeOf({ labels }: InspectorPorts): NonNullable<InspectorPorts['labels']> {
  if (labels) return labels;
  throw new LabelrelayError('not-found', 'expected a label store, got none: it is switched off');
}

/** The projects that have labels. */
export async function listProjects(ports: InspectorPorts): Promise<ProjectLine[]> {
  const found = await storeOf(ports).projects();
  return found.flatMap(({ project }) => {
    const [, source = '', id] = /^\/([^/]+)\/project\/(.*)$/s.exec(project) ?? [];
    return id === undefined ? [] : [{ source, project: id }];
  });
}

/** One page of the labels of a project. */
export async function listLabels(
  ports: InspectorPorts,
  query: URLSearchParams,
): Promise<LabelPage> {
  const labels: LabelLine[] = [];
  const rows = storeOf(ports).rows({
    source: query.get('source') ?? undefined,
    project: query.get('project') ?? undefined,
    deleted: query.get('deleted') === 'yes',
    after: query.get('after') ?? undefined,
  });
  for await (const row of rows) {
    labels.push(...row.labels.map((label) => toLine(label, platformOf(ports, label.source))));
    if (labels.length >= PAGE) return { labels, next: row.cursor };
  }
  return { labels };
}

/** The newest state of one subject. */
export async function showLabel(
  ports: InspectorPorts,
  source: string,
  subject: string,
): Promise<LabelPage> {
  const found = await storeOf(ports).show(source, subject);
  const labels = found ? labelsOf(found) : [];
  return { labels: labels.map((label) => toLine(label, platformOf(ports, source))) };
}

const platformOf = ({ sources }: InspectorPorts, source: string): string =>
  sources.find(({ name }) => name === source)?.platform ?? source;

function toLine(stored: StoredLabel, platform: string): LabelLine {
  const { source, subject, project, dataset, dataRow, label, sequence, deleted } = stored;
  const data: LabelData = { platform, project, dataset, dataRow, labels: [label] };
  return {
    source,
    subject,
    name: dataRow?.externalId ?? dataRow?.globalKey ?? dataRow?.id ?? label.id ?? subject,
    updated: label.updatedAt,
    isGone: deleted === true || label.deleted === true,
    event: { source: `/${source}`, type: 'labelrelay.label.updated', subject, sequence, data },
  };
}

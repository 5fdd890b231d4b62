import type { FakeRow } from './labelbox-exports';

/** The body and the header of a webhook of Labelbox. */
export interface LabelboxWebhook {
  readonly event: 'LABEL_CREATED' | 'LABEL_UPDATED' | 'LABEL_DELETED';
  readonly body: object;
}

interface Project {
  readonly id: string;
  /** The version of its webhooks. */
  readonly version: 1 | 2;
}
interface Row {
  readonly id: string;
  readonly project: string;
  content: string;
  activity: number;
}
export interface FakeLabel {
  readonly id: string;
  readonly row: string;
  readonly createdAt: number;
  updatedAt: number;
  choice: string;
  skipped: boolean;
}

const SECOND_MS = 1_000;
const ontology = { feature_schema_id: 'schema-kind', name: 'kind', value: 'kind' };

/**
 * Projects, data rows and labels of a Labelbox, with the webhooks of their changes as the documentation has them. Times of
 * labels have whole seconds, and the activity of a row is rounded up.
 */
export class FakeLabelbox {
  readonly projects = new Map<string, Project>();
  readonly rows = new Map<string, Row>();
  readonly labels = new Map<string, FakeLabel>();
  #ids = 0;
  #signed = 1;

  /** @param deletionsAreActivity it is not documented whether they are */
  constructor(
    private readonly now: () => number,
    private readonly deletionsAreActivity: boolean,
  ) {}

  readonly #newId = (kind: string): string => `${kind}-${++this.#ids}`;
  readonly #seconds = (): number => Math.floor(this.now() / SECOND_MS) * SECOND_MS;

  createProject(version: 1 | 2): void {
    const id = this.#newId('project');
    this.projects.set(id, { id, version });
  }

  addRow(project: string): void {
    const id = this.#newId('row');
    const content = `https://storage.example.com/${id}.jpg?Expires=1&Signature=${id}`;
    this.rows.set(id, { id, project, content, activity: this.now() });
  }

  createLabel(row: Row, choice: string, skipped: boolean): LabelboxWebhook {
    const [id, at] = [this.#newId('label'), this.#seconds()];
    const label = { id, row: row.id, createdAt: at, updatedAt: at, choice, skipped };
    this.labels.set(id, label);
    return this.#told('LABEL_CREATED', label);
  }

  edit(label: FakeLabel, choice: string): LabelboxWebhook {
    Object.assign(label, { choice, updatedAt: this.#seconds() });
    return this.#told('LABEL_UPDATED', label);
  }

  deleteLabel(label: FakeLabel): LabelboxWebhook {
    this.labels.delete(label.id);
    return this.#told('LABEL_DELETED', { ...label, updatedAt: this.#seconds() });
  }

  /** Nothing tells of it. */
  deleteRow({ id }: Row): void {
    this.rows.delete(id);
    for (const label of this.labels.values()) if (label.row === id) this.labels.delete(label.id);
  }

  /** Nothing tells of it. */
  deleteProject(id: string): void {
    this.projects.delete(id);
    for (const row of this.rows.values()) if (row.project === id) this.deleteRow(row);
  }

  #told(event: LabelboxWebhook['event'], label: FakeLabel): LabelboxWebhook {
    const row = this.rows.get(label.row);
    const project = row && this.projects.get(row.project);
    if (!row || !project) throw new Error('expected a label of a row of a project');
    if (event !== 'LABEL_DELETED' || this.deletionsAreActivity) row.activity = this.now();
    const isDeleted = event === 'LABEL_DELETED';
    return {
      event,
      body: project.version === 1 ? this.#v1(label, row, isDeleted) : this.exportOf(row),
    };
  }

  /** @see https://docs.labelbox.com/reference/webhook */
  #v1(label: FakeLabel, row: Row, deleted: boolean): object {
    const { id, choice, skipped } = label;
    const answer = { featureId: `answer-${id}`, title: choice, value: choice };
    const kind = { featureId: `kind-${id}`, title: 'kind', value: 'kind', answer };
    return {
      id,
      createdAt: new Date(label.createdAt).toISOString().replace('.000', ''),
      updatedAt: new Date(label.updatedAt).toISOString().replace('.000', ''),
      label: JSON.stringify({ objects: [], classifications: [kind] }),
      deleted,
      skipped,
      project: { id: row.project, name: row.project },
      dataRow: { id: row.id, rowData: row.content },
      dataset: { id: 'dataset-1', name: 'A dataset' },
      user: { id: 'user-1', email: 'someone@example.com' },
    };
  }

  /** The rows of a project as its export lists them, or undefined if there is no such project. */
  exported(project: string): FakeRow[] | undefined {
    if (!this.projects.has(project)) return undefined;
    return [...this.rows.values()].filter((row) => row.project === project).map(this.exportOf);
  }

  /** @see https://docs.labelbox.com/reference/label-export */
  readonly exportOf = (row: Row): FakeRow => {
    const activity = Math.ceil(row.activity / SECOND_MS) * SECOND_MS;
    const labels = [...this.labels.values()].filter((label) => label.row === row.id);
    return {
      data_row: {
        id: row.id,
        // Signed for this export alone.
        row_data: row.content.replace('Expires=1', `Expires=${++this.#signed}`),
        details: { dataset_id: 'dataset-1', last_activity_at: withOffset(activity) },
      },
      projects: {
        [row.project]: {
          name: row.project,
          labels: labels.map(toExported),
          project_details: { workflow_status: 'TO_LABEL', workflow_history: [] },
        },
      },
    };
  };
}

const withOffset = (time: number): string => new Date(time).toISOString().replace('Z', '+00:00');

const toExported = ({ id, choice, skipped, createdAt, updatedAt }: FakeLabel) => ({
  label_kind: 'Default',
  id,
  label_details: {
    created_at: withOffset(createdAt),
    updated_at: withOffset(updatedAt),
    content_last_updated_at: withOffset(updatedAt),
  },
  performance_details: { skipped },
  annotations: {
    objects: [],
    classifications: [
      {
        ...ontology,
        feature_id: `kind-${id}`,
        radio_answer: { feature_id: `answer-${id}`, name: choice, value: choice },
      },
    ],
    relationships: [],
  },
});

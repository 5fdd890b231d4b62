export interface FakeProject {
  readonly id: number;
  title: string;
  readonly organization: number;
  readonly label_config: string;
  readonly token: string;
  readonly created_at: string;
  updated_at: string;
}

export interface FakeTask {
  readonly id: number;
  readonly project: number;
  data: { text: string };
  readonly created_at: string;
  updated_at: string;
}

export interface FakeAnnotation {
  readonly id: number;
  readonly task: number;
  readonly project: number;
  result: object[];
  was_cancelled: boolean;
  ground_truth: boolean;
  readonly created_at: string;
  updated_at: string;
}

/** The body of a webhook that it would send. */
export type Webhook = { readonly action: string } & Record<string, unknown>;

const CONFIG = `<View><Text name="text" value="$text"/>
  <Choices name="label" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>`;

/**
 * The state of a Label Studio, with the rules of 1.23.2 that reconciliation depends on: the times that a change moves, ids
 * that a database gives again, and the changes that no webhook tells of.
 */
export class FakeStudio {
  readonly projects = new Map<number, FakeProject>();
  readonly tasks = new Map<number, FakeTask>();
  readonly annotations = new Map<number, FakeAnnotation>();
  organization = 1;
  /** The annotations that a task ever had. */
  readonly #made = new Map<number, FakeAnnotation[]>();

  /** @param now its clock, in milliseconds since 1970 */
  constructor(readonly now: () => number) {}

  #lastTime = 0;
  /** No two changes have the same time. */
  #time(): string {
    this.#lastTime = Math.max(this.#lastTime + 1, this.now() * 1_000);
    const micros = String(this.#lastTime % 1_000_000).padStart(6, '0');
    return `${new Date(this.#lastTime / 1_000).toISOString().slice(0, 19)}.${micros}Z`;
  }

  /** A database without a counter gives the highest id again after its deletion. */
  #id(taken: ReadonlyMap<number, unknown>): number {
    let highest = 0;
    for (const id of taken.keys()) if (id > highest) highest = id;
    return highest + 1;
  }

  createProject(title = 'project'): FakeProject {
    const time = this.#time();
    const project = {
      id: this.#id(this.projects),
      title,
      organization: this.organization,
      label_config: CONFIG,
      token: 'SECRET',
      created_at: time,
      updated_at: time,
    };
    this.projects.set(project.id, project);
    return project;
  }

  importTasks(project: number, texts: readonly string[]): Webhook {
    const tasks = texts.map((text) => {
      const time = this.#time();
      const task = {
        id: this.#id(this.tasks),
        project,
        data: { text },
        created_at: time,
        updated_at: time,
      };
      this.tasks.set(task.id, task);
      return this.taskBody(task);
    });
    return { action: 'TASKS_CREATED', tasks, project: this.projectBody(project) };
  }

  annotate(task: FakeTask, choice: string, skipped = false): Webhook {
    const time = this.#time();
    const annotation = {
      id: this.#id(this.annotations),
      task: task.id,
      project: task.project,
      result: skipped ? [] : resultOf(choice),
      was_cancelled: skipped,
      ground_truth: false,
      created_at: time,
      updated_at: time,
    };
    this.annotations.set(annotation.id, annotation);
    this.#made.set(task.id, [...(this.#made.get(task.id) ?? []), annotation]);
    task.updated_at = this.#time();
    return this.#annotationBody('ANNOTATION_CREATED', annotation);
  }

  edit(annotation: FakeAnnotation, choice: string, groundTruth: boolean): Webhook {
    annotation.result = resultOf(choice);
    annotation.ground_truth = groundTruth;
    annotation.was_cancelled = false;
    annotation.updated_at = this.#time();
    const task = this.tasks.get(annotation.task);
    if (task) task.updated_at = this.#time();
    return this.#annotationBody('ANNOTATION_UPDATED', annotation);
  }

  deleteAnnotation(annotation: FakeAnnotation): Webhook {
    this.annotations.delete(annotation.id);
    const task = this.tasks.get(annotation.task);
    if (task) task.updated_at = this.#time();
    const { id, project } = annotation;
    return {
      action: 'ANNOTATIONS_DELETED',
      annotations: [{ id }],
      project: this.projectBody(project),
    };
  }

  deleteTask({ id, project }: FakeTask): Webhook {
    this.tasks.delete(id);
    for (const each of this.annotationsOf(id)) this.annotations.delete(each.id);
    return { action: 'TASKS_DELETED', tasks: [{ id }], project: this.projectBody(project) };
  }

  /** The open-source edition sends no webhook of it. */
  deleteProject(id: number): void {
    for (const task of [...this.tasks.values()]) if (task.project === id) this.deleteTask(task);
    this.projects.delete(id);
  }

  annotationsOf(task: number): FakeAnnotation[] {
    const made = this.#made.get(task) ?? [];
    return made.filter((each) => this.annotations.get(each.id) === each);
  }

  taskBody(task: FakeTask) {
    const own = this.annotationsOf(task.id);
    const skipped = own.filter(({ was_cancelled }) => was_cancelled).length;
    return {
      ...structuredClone(task),
      is_labeled: own.length > skipped,
      overlap: 1,
      total_annotations: own.length - skipped,
      cancelled_annotations: skipped,
    };
  }

  projectBody = (id: number) => ({ ...this.projects.get(id) });

  #annotationBody(action: string, annotation: FakeAnnotation): Webhook {
    const task = this.tasks.get(annotation.task);
    return {
      action,
      annotation: { ...structuredClone(annotation), completed_by: 1 },
      task: task && this.taskBody(task),
      project: this.projectBody(annotation.project),
    };
  }
}

export const resultOf = (choice: string): object[] => [
  {
    id: 'r1',
    from_name: 'label',
    to_name: 'text',
    type: 'choices',
    value: { choices: [choice] },
  },
];

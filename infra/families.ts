import { pascal } from './pascal';

export type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schemas of events. */
export interface EventSchemas {
  readonly attributes: Schema;
  readonly claimCheck: Schema;
  /** By topic. */
  readonly data: Readonly<Record<string, Schema>>;
}

/** The topics that share one schema of their data. */
export interface Family {
  /** Such as `Label` for `label.created` and its like, or `WorkflowAction` for a topic that is alone. */
  readonly name: string;
  readonly topics: readonly string[];
  readonly schema: Schema;
}

/** @param schemas the JSON Schema of the data of each topic */
export function familiesOf(schemas: EventSchemas['data']): Family[] {
  const families = new Map<string, Omit<Family, 'name'>>();
  for (const [topic, { $id: _, title: __, ...schema }] of Object.entries(schemas)) {
    const key = `${topic.split('.')[0]} ${JSON.stringify(schema)}`;
    const topics = [...(families.get(key)?.topics ?? []), topic];
    families.set(key, { topics, schema });
  }
  return [...families.values()].map((family) => ({ name: nameOf(family), ...family }));
}

const nameOf = ({ topics: [first = '', ...others] }: Omit<Family, 'name'>): string =>
  pascal(others.length > 0 ? (first.split('.')[0] ?? '') : first);

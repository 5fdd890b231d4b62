import { PythonClasses, pascal } from './python-classes';

type Schema = Readonly<Record<string, unknown>>;

/** The topics that share one schema of their data. */
interface Family {
  readonly topics: readonly string[];
  readonly schema: Schema;
}

const HEAD = `"""The events of labelrelay and their data, as docs/schemas has them.

\`npm run schemas\` generates this file: do not edit it.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import Field

from labelrelay.model import EventModel, Model, Number

Data = TypeVar("Data")`;

const EVENT = `class Event(Attributes, Generic[Data]):
    """An event. Its \`data\` is present, even if it travelled as a claim check."""

    data: Data`;

/**
 * The Python module with the models of all events.
 *
 * @param event the JSON Schema of an event
 * @param schemas the JSON Schema of the data of each topic, as `docs/schemas` has it
 */
export function pythonModels(event: Schema, schemas: Readonly<Record<string, Schema>>): string {
  const families = familiesOf(schemas);
  const classes = new PythonClasses();
  addEvent(classes, event);
  for (const { schema } of families) classes.define(schema.$defs as Record<string, Schema>);
  const events = families.map((family) => {
    const name = nameOf(family);
    const about = `The \`data\` of ${listed(family.topics)}.`;
    classes.add(`${name}Data`, { description: about, ...family.schema });
    return eventsOf(name, family);
  });
  const all = families.flatMap(({ topics }) => topics);
  const table = all.map((topic) => `    "${topic}": ${pascal(topic)},`);
  const byTopic = [
    'EVENTS: dict[str, type[Event[Any]]] = {',
    ...table,
    '}',
    '"""The class of the events of each topic."""',
  ];
  const printed = [...classes.printed(), EVENT, ...events.flat(), byTopic.join('\n')];
  return `${[HEAD, exportsOf(printed), ...printed].join('\n\n\n')}\n`;
}

function exportsOf(printed: readonly string[]): string {
  const names = printed.map((each) => /^(?:class )?(\w+)/.exec(each)?.[1]);
  return ['__all__ = [', ...names.sort().map((name) => `    "${name}",`), ']'].join('\n');
}

/** The members of an event, without its data, and those that stand for large data. */
function addEvent(classes: PythonClasses, event: Schema): void {
  const { dataref, datadigest, data: _, type, ...own } = event.properties as Record<string, Schema>;
  classes.define(event.$defs as Record<string, Schema>);
  // Each class of events has a `type` of its own.
  const properties = { ...own, type: { type: 'string', description: type?.description } };
  const about = 'The members of every event beside its `data`.';
  classes.addClass('Attributes', { ...event, properties, description: about }, 'EventModel');
  const claim = {
    description: 'An event whose data is in S3.',
    properties: { dataref, datadigest },
    required: ['dataref', 'datadigest'],
  };
  classes.addClass('ClaimCheck', claim, 'Attributes');
}

function familiesOf(schemas: Readonly<Record<string, Schema>>): Family[] {
  const families = new Map<string, Family>();
  for (const [topic, { $id: _, title: __, ...schema }] of Object.entries(schemas)) {
    const key = `${topic.split('.')[0]} ${JSON.stringify(schema)}`;
    const topics = [...(families.get(key)?.topics ?? []), topic];
    families.set(key, { topics, schema });
  }
  return [...families.values()];
}

/** `Label` for `label.created` and its like, `WorkflowAction` for a topic that is alone. */
const nameOf = ({ topics: [first = '', ...others] }: Family): string =>
  pascal(others.length > 0 ? (first.split('.')[0] ?? '') : first);

function eventsOf(name: string, { topics }: Family): string[] {
  const isAlone = topics.length === 1;
  const family = [
    `class ${name}Event(Event[${name}Data]):`,
    `    """An event of ${topics.join(', ').replace(/, (?=[^,]*$)/, ' or ')}."""`,
  ].join('\n');
  const base = isAlone ? `Event[${name}Data]` : `${name}Event`;
  const leaves = topics.map((topic) =>
    [
      `class ${pascal(topic)}(${base}):`,
      `    """An event of ${topic}."""`,
      '',
      `    type: Literal["labelrelay.${topic}"]`,
    ].join('\n'),
  );
  return isAlone ? leaves : [family, ...leaves];
}

const listed = (topics: readonly string[]): string =>
  topics
    .map((topic) => `\`${topic}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');

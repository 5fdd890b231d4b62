import { type EventSchemas, type Family, familiesOf, type Schema } from './families';
import { pascal } from './pascal';
import { PythonClasses } from './python-classes';

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

/** The Python module with the models of all events. */
export function pythonModels({ attributes, claimCheck, data }: EventSchemas): string {
  const families = familiesOf(data);
  const classes = new PythonClasses();
  classes.define(attributes.$defs as Record<string, Schema>);
  // Each class of events has a `type` of its own.
  const { type, ...own } = attributes.properties as Record<string, Schema>;
  const properties = { ...own, type: { type: 'string', description: type?.description } };
  classes.addClass('Attributes', { ...attributes, properties }, 'EventModel');
  classes.addClass('ClaimCheck', claimCheck, 'Attributes');
  for (const { schema } of families) classes.define(schema.$defs as Record<string, Schema>);
  const events = families.map((family) => {
    classes.add(`${family.name}Data`, family.schema);
    return eventsOf(family);
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

function eventsOf({ name, topics }: Family): string[] {
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

import { expect, test } from '@jest/globals';
import { PythonClasses } from '../../../infra/python-classes';

const text = { type: 'string' };

/** The classes without their docstrings. */
function printed(definitions: Parameters<PythonClasses['define']>[0]): string {
  const classes = new PythonClasses();
  classes.define(definitions);
  return classes.printed().join('\n');
}

test('an object is a class, and its members have names of Python', () => {
  const Label = {
    type: 'object',
    description: 'What an annotator made. It ends in "quotes"',
    properties: {
      createdAt: { ...text, description: 'A \\ time.', examples: ['2026'] },
      from: text,
      bbox: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'integer' }] },
      boxes: { type: 'array', items: { type: 'object', properties: { id: text } } },
      kind: { type: 'string', enum: ['a', 'b'] },
      mixed: { type: ['number', 'string'] },
      other: { type: 'object', additionalProperties: {} },
      yes: { const: true },
    },
    required: ['from', 'kind'],
  };
  expect(printed({ Label })).toBe(`class Label(Model):
    """What an annotator made. It ends in "quotes\\""""

    created_at: str | None = None
    """A \\\\ time. Example: \`"2026"\`."""
    from_: str = Field(validation_alias="from", serialization_alias="from")
    bbox: tuple[Number, int] | None = None
    boxes: list[LabelBox] | None = None
    kind: Literal["a", "b"]
    mixed: Number | str | None = None
    other: dict[str, Any] | None = None
    yes: Literal[True] | None = None
class LabelBox(Model):
    """See \`LabelBox\` in docs/schemas."""

    id: str | None = None`);
});

const variant = (kind: string, own: string) => ({
  type: 'object',
  description: `The ${kind}.`,
  properties: { name: text, kind: { const: kind }, [own]: text },
  required: ['kind', own],
});

const UNION = (first: string, second: string) => `class ShapeBase(Model):
    """The members of every Shape."""

    name: str | None = None
class ${first}(ShapeBase):
    """The a-b."""

    kind: Literal["a-b"]
    one: str
class ${second}(ShapeBase):
    """The c."""

    kind: Literal["c"]
    two: str
Shape: TypeAlias = Annotated[
    ${first}
    | ${second},
    Field(discriminator="kind"),
]`;

test('a union has a class for each kind, named or not', () => {
  const [one, two] = [variant('a-b', 'one'), variant('c', 'two')];
  expect(printed({ Shape: { oneOf: [one, two] } })).toBe(UNION('ABShape', 'CShape'));
  const refs = { oneOf: [{ $ref: '#/$defs/First' }, { $ref: '#/$defs/Second' }] };
  expect(printed({ First: one, Second: two, Shape: refs })).toBe(UNION('First', 'Second'));
});

test('two schemas of one name, and a member that has no name in Python, are refused', () => {
  const classes = new PythonClasses();
  const schema = { type: 'object', properties: { id: text } };
  classes.define({ One: schema });
  classes.define({ One: schema });
  expect(() => classes.define({ One: { type: 'object', properties: {} } })).toThrow('got two');
  const odd = { type: 'object', properties: { 'not-a-name': text } };
  expect(() => printed({ Odd: odd })).toThrow('expected a member in camel case');
});

import { pascal } from './pascal';

type Schema = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, Schema>>;

/** The keywords of Python. */
const KEYWORDS = /^(and|as|class|def|del|from|global|if|import|in|is|lambda|not|or|pass|raise)$/;
const BUILT_IN: Readonly<Record<string, string>> = {
  string: 'str',
  number: 'Number',
  integer: 'int',
  boolean: 'bool',
  null: 'None',
};

/** Python classes for JSON Schemas, with a name for each object. */
export class PythonClasses {
  readonly #printed = new Map<string, string>();
  /** The name of the class for a schema of an object. */
  readonly #names = new Map<string, string>();
  readonly #definitions = new Map<string, string>();

  /** @throws if two schemas have one name */
  define(definitions: Readonly<Record<string, Schema>> = {}): void {
    const added = Object.entries(definitions).filter(([name, schema]) => {
      const text = JSON.stringify(schema);
      const known = this.#definitions.get(name) ?? text;
      if (known !== text) throw new Error(`expected one schema named ${name}, got two`);
      const isNew = !this.#definitions.has(name);
      this.#definitions.set(name, text);
      return isNew;
    });
    // The variants of a union come with it.
    const variants = added.flatMap(([, { oneOf }]) => refsIn((oneOf ?? []) as readonly Schema[]));
    for (const [name, schema] of added) if (!variants.includes(name)) this.add(name, schema);
  }

  add(name: string, schema: Schema): void {
    if (schema.oneOf) this.#addUnion(name, schema);
    else if (schema.properties) this.#addClass(name, schema);
    else this.#print(name, `${name}: TypeAlias = ${this.#typeOf(schema, name)}`);
  }

  /** @param base a class of the package */
  addClass(name: string, schema: Schema, base: string): void {
    this.#addClass(name, schema, base);
  }

  printed(): string[] {
    return [...this.#printed.values()];
  }

  #print(name: string, text: string): void {
    if (this.#printed.has(name)) throw new Error(`expected one class named ${name}, got two`);
    this.#printed.set(name, text);
  }

  /** Members that all variants have are in a class of their own. */
  #addUnion(name: string, { oneOf, description }: Schema): void {
    const names = (oneOf as readonly Schema[]).map((schema) => refsIn([schema])[0]);
    const variants = (oneOf as readonly Schema[]).map(this.#resolve);
    const [first = {}, ...others] = variants;
    const common = Object.fromEntries(
      Object.entries(propertiesOf(first)).filter(([property, schema]) =>
        others.every((other) => isSame(propertiesOf(other)[property], schema)),
      ),
    );
    const required = listOf(first.required).filter((property) => property in common);
    const about = `The members of every ${name}.`;
    this.#addClass(`${name}Base`, { properties: common, required, description: about });
    const kinds = variants.map((variant, index) => {
      const own = Object.entries(propertiesOf(variant)).filter(([each]) => !(each in common));
      const kind = String(propertiesOf(variant).kind?.const);
      const className = names[index] ?? `${pascal(kind)}${name}`;
      const what = `The ${name.toLowerCase()} of kind \`${kind}\`.`;
      const schema = { description: what, ...variant, properties: Object.fromEntries(own) };
      this.#addClass(className, schema, `${name}Base`);
      return className;
    });
    const alias = [`${name}: TypeAlias = Annotated[`, `    ${kinds.join('\n    | ')},`];
    const end = ['    Field(discriminator="kind"),', ']', docstring('', description)];
    this.#print(name, [...alias, ...end].filter(Boolean).join('\n'));
  }

  readonly #resolve = (schema: Schema): Schema => {
    const name = typeof schema.$ref === 'string' ? refName(schema.$ref) : undefined;
    return name === undefined ? schema : JSON.parse(this.#definitions.get(name) ?? '{}');
  };

  #addClass(name: string, schema: Schema, base = 'Model'): void {
    // Reserves its name, and its place before the classes that it consists of.
    this.#print(name, '');
    this.#names.set(keyOf(schema), name);
    const required = listOf(schema.required);
    const fields = Object.entries(propertiesOf(schema)).map(([property, member]) =>
      this.#fieldOf(name, property, member, required.includes(property)),
    );
    const description = schema.description ?? `See \`${name}\` in docs/schemas.`;
    const about = docstring('    ', withExample({ ...schema, description }));
    const head = [`class ${name}(${base}):`, about];
    this.#printed.set(name, [...head, ...(fields.length > 0 ? ['', ...fields] : [])].join('\n'));
  }

  #fieldOf(parent: string, property: string, schema: Schema, isRequired: boolean): string {
    const type = this.#typeOf(schema, this.#nameOf(parent, property, schema));
    const name = snake(property);
    const alias = `validation_alias="${property}", serialization_alias="${property}"`;
    const isRenamed = name.endsWith('_');
    const value = isRequired ? '' : 'default=None, ';
    const field = isRenamed ? ` = Field(${value}${alias})` : isRequired ? '' : ' = None';
    const lines = [`    ${name}: ${type}${isRequired ? '' : ' | None'}${field}`];
    if (schema.description) lines.push(docstring('    ', withExample(schema)));
    return lines.join('\n');
  }

  /** A class within the data of an event has the name of its member, unless that is taken. */
  #nameOf(parent: string, property: string, schema: Schema): string {
    const isList = schema.type === 'array';
    const own = pascal(isList ? property.replace(/(?:(?<=s|x)es|s)$/, '') : property);
    const above = parent.replace(/(Data|Annotation)$/, '');
    return parent.endsWith('Data') && !this.#printed.has(own) ? own : above + own;
  }

  #typeOf(schema: Schema, name: string): string {
    if (typeof schema.$ref === 'string') return refName(schema.$ref);
    if (schema.const !== undefined) return `Literal[${literal(schema.const)}]`;
    if (schema.enum) return `Literal[${listOf(schema.enum).map(quoted).join(', ')}]`;
    const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
    if (choices) return choices.map((each) => this.#typeOf(each, name)).join(' | ');
    if (Array.isArray(schema.type)) {
      return schema.type.map((type) => BUILT_IN[type]).join(' | ');
    }
    if (schema.type === 'array') return this.#listOf(schema, name);
    if (schema.type === 'object') return this.#objectOf(schema, name);
    if (schema.type === 'string') return textOf(schema);
    return BUILT_IN[String(schema.type)] ?? 'Any';
  }

  #listOf({ prefixItems, items }: Schema, name: string): string {
    if (!prefixItems) return `list[${this.#typeOf((items ?? {}) as Schema, name)}]`;
    const types = (prefixItems as readonly Schema[]).map((each) => this.#typeOf(each, name));
    return `tuple[${types.join(', ')}]`;
  }

  #objectOf(schema: Schema, name: string): string {
    if (!schema.properties) {
      return `dict[str, ${this.#typeOf((schema.additionalProperties ?? {}) as Schema, name)}]`;
    }
    const known = this.#names.get(keyOf(schema));
    if (known === undefined) this.#addClass(name, schema);
    return known ?? name;
  }
}

const propertiesOf = ({ properties }: Schema): Properties => (properties ?? {}) as Properties;
const listOf = (list: unknown): readonly string[] => (list ?? []) as readonly string[];
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
const keyOf = ({ properties, required }: Schema): string => JSON.stringify([properties, required]);
const refsIn = (schemas: readonly Schema[]): string[] =>
  schemas.flatMap(({ $ref }) => (typeof $ref === 'string' ? [refName($ref)] : []));
const refName = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

function textOf({ pattern, minLength }: Schema): string {
  const limits = [
    ...(typeof minLength === 'number' ? [`min_length=${minLength}`] : []),
    // In Python, \d matches the digits of all scripts.
    ...(typeof pattern === 'string'
      ? [`pattern=r"${pattern.replaceAll('\\d', '[0-9]').replaceAll('\\/', '/')}"`]
      : []),
  ];
  return limits.length > 0 ? `Annotated[str, Field(${limits.join(', ')})]` : 'str';
}

const literal = (value: unknown): string =>
  typeof value === 'boolean' ? pascal(String(value)) : JSON.stringify(value);

const quoted = (text: string): string => JSON.stringify(text);

function withExample({ description, examples }: Schema): string {
  const [example] = (examples ?? []) as readonly unknown[];
  return example === undefined
    ? `${description}`
    : `${description} Example: \`${spaced(example)}\`.`;
}

/** JSON with spaces, at which a docstring can be wrapped. */
const spaced = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replaceAll(/([{[])\s+|\s+(?=[}\]])/g, '$1')
    .replaceAll(/\n\s*/g, ' ');

const MAX_LINE = 96;

/** A docstring, wrapped into lines. */
function docstring(indent: string, description: unknown): string {
  if (description === undefined) return '';
  const escaped = String(description)
    .replaceAll('\\', '\\\\')
    .replaceAll('"""', "'''")
    // The quotes of the docstring follow.
    .replace(/"$/, '\\"');
  const lines = [`${indent}"""`];
  for (const word of escaped.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    const glue = line.endsWith('"""') ? '' : ' ';
    if (line.trim() && line.length + word.length > MAX_LINE) lines.push(indent + word);
    else lines[lines.length - 1] = line.trim() ? line + glue + word : line + word;
  }
  const isLong = lines.length > 1;
  return `${lines.join('\n')}${isLong ? `\n${indent}` : ''}"""`;
}

/** @throws if pydantic's `to_camel` would not give the member its name back */
function snake(property: string): string {
  const name = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (camel !== property || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`expected a member in camel case, got ${property}`);
  }
  return KEYWORDS.test(name) ? `${name}_` : name;
}

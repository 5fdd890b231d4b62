import { type EventSchemas, familiesOf, type Schema } from './families';

const HEAD = `/** The events of labelrelay and their data. \`npm run schemas\` generates this file: do not edit it. */
import type { DerivedTopic, Topic } from './topics';`;

const DATA = `/**
 * The data of an event of one topic.
 *
 * @example
 * \`\`\`ts
 * import type { DataOf } from 'labelrelay/worker';
 *
 * const data: DataOf<'task.deleted'> = { platform: 'label-studio', task: { id: '7' } };
 * console.log(data.task?.id); // 7
 * \`\`\`
 */
export type DataOf<T extends Topic> = DataByTopic[T];
/** The data of an event that a platform sends. */
export type EventData = DataByTopic[Exclude<Topic, DerivedTopic>];`;

/** The TypeScript module with the types of all events. */
export function typescriptTypes({ attributes, claimCheck, data }: EventSchemas): string {
  const families = familiesOf(data);
  const topics = families.flatMap(({ name, topics }) =>
    topics.map((topic) => `  '${topic}': ${name}Data;`),
  );
  const named = {
    ...Object.assign({}, ...families.map(({ schema }) => schema.$defs), attributes.$defs),
    ...Object.fromEntries(families.map(({ name, schema }) => [`${name}Data`, schema])),
    Attributes: attributes,
    ClaimCheck: claimCheck,
  } as Record<string, Schema>;
  const declared = Object.entries(named).map(([name, schema]) => declare(name, schema));
  const byTopic = `interface DataByTopic {\n${topics.join('\n')}\n}`;
  return `${[HEAD, ...declared, byTopic, DATA].join('\n\n')}\n`;
}

function declare(name: string, schema: Schema): string {
  const doc = comment('', `${schema.description}`, exampleFor(name, schema));
  if (schema.properties) return `${doc}export interface ${name} ${membersOf(schema, '')}`;
  return `${doc}export type ${name} = ${typeOf(schema, '')};`;
}

function membersOf({ properties, required }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => {
    const optional = ((required ?? []) as string[]).includes(name) ? '' : '?';
    const doc = comment(inner, `${schema.description}`);
    return `${doc}${inner}${name}${optional}: ${typeOf(schema, inner)};`;
  });
  return `{\n${members.join('\n')}\n${indent}}`;
}

function typeOf(schema: Schema, indent: string): string {
  const { $ref, type, pattern, prefixItems, items, properties } = schema;
  const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return (schema.enum as readonly unknown[]).map(literal).join(' | ');
  if (choices) return choices.map((each) => typeOf(each, indent)).join(' | ');
  if (prefixItems) {
    return `[${(prefixItems as readonly Schema[]).map((each) => typeOf(each, indent)).join(', ')}]`;
  }
  if (type === 'array') return `Array<${typeOf(items as Schema, indent)}>`;
  if (properties) return membersOf(schema, indent);
  if (type === 'object') return 'Record<string, unknown>';
  if (typeof pattern === 'string' && pattern.startsWith('^labelrelay\\.')) {
    return '`labelrelay.$' + '{Topic}`';
  }
  return typeof type === 'string' ? type : 'unknown';
}

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : JSON.stringify(value);

/** The module of the package that exports the types. */
const PACKAGE = 'labelrelay/worker';

/** A module that declares the example, and prints its first member that is no object. */
function exampleFor(name: string, { examples }: Schema): string {
  const [example] = (examples ?? []) as readonly Record<string, unknown>[];
  const variable = name.slice(0, 1).toLowerCase() + name.slice(1);
  const [member, value] =
    typeof example === 'object'
      ? (Object.entries(example).find(([, each]) => typeof each !== 'object') ?? [])
      : ['', example];
  const lines = [
    `import type { ${name} } from ${literal(PACKAGE)};`,
    '',
    `const ${variable}: ${name} = ${printed(example)};`,
    `console.log(${[variable, member].filter(Boolean).join('.')}); // ${value}`,
  ];
  return `\n@example\n\`\`\`ts\n${lines.join('\n')}\n\`\`\``;
}

/** A value in the form of TypeScript: short objects on one line. */
function printed(value: unknown, indent = ''): string {
  const text = oneLine(value);
  if (typeof value !== 'object' || value === null || text.length + indent.length < 80) return text;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((each) => printed(each, inner))
    : Object.entries(value).map(([name, each]) => `${name}: ${printed(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => `${inner}${item},`).join('\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return literal(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${oneLine(each)}`)
    .join(', ')} }`;
}

const MAX_LINE = 100;

/** A docstring: the prose is wrapped, and what follows it stays as it is. */
function comment(indent: string, prose: string, rest = ''): string {
  if (rest === '' && prose.length + indent.length < MAX_LINE) return `${indent}/** ${prose} */\n`;
  const lines = [''];
  for (const word of prose.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line && line.length + word.length > MAX_LINE) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const body = [...lines, ...(rest ? rest.split('\n') : [])].map((line) => ` * ${line}`.trimEnd());
  return ['/**', ...body.map((line) => ` ${line}`.slice(1)), ' */']
    .map((line) => `${indent}${line}\n`)
    .join('');
}

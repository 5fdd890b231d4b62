import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import specs from '@asyncapi/specs';
import { expect, test } from '@jest/globals';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { codeFiles, schemaFiles } from '../../../infra/schemas';
import { dataSchemas } from '../../../lib/events/schemas/by-topic';
import { topics } from '../../../lib/events/topics';
import { fixtures } from '../../support/fixtures';
import { validate, validateEvent } from '../../support/validate-event';

const FOLDER = join(__dirname, '../../../docs/schemas');
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

test('the published files match the code; if not, run npm run schemas', () => {
  const files = schemaFiles();
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(files).sort());
  for (const [file, document] of Object.entries(files)) {
    expect(read(file)).toEqual(JSON.parse(JSON.stringify(document)));
  }
});

test('the generated code matches the schemas; if not, run npm run schemas', () => {
  for (const [file, code] of Object.entries(codeFiles())) {
    expect(readFileSync(join(__dirname, '../../..', file), 'utf8')).toBe(code);
  }
});

test('every topic has a schema at the address in its events', () => {
  for (const topic of topics) {
    expect(read(`labelrelay.${topic}.json`).$id).toBe(
      `urn:labelrelay:schema:labelrelay.${topic}:1`,
    );
  }
});

interface Described {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly $defs?: Readonly<Record<string, Described>>;
}

/** The places in a schema of objects and of members that no sentence describes. */
function undescribed(node: unknown, place: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { description, properties, $defs } = node as Described;
  const named = Object.entries({ ...properties, ...$defs });
  return [
    ...(properties && !description ? [place] : []),
    ...named.filter(([, each]) => !each.description?.endsWith('.')).map(([n]) => `${place}/${n}`),
    ...Object.entries(node)
      .filter(([key]) => key !== 'examples')
      .flatMap(([key, each]) => undescribed(each, `${place}/${key}`)),
  ];
}

const dataFiles = topics.map((topic) => `labelrelay.${topic}.json`);

test.each([...dataFiles, 'event.json'])('%s has a sentence for all that it names', (file) => {
  expect([...new Set(undescribed(read(file), file))]).toEqual([]);
});

test.each(dataFiles)('%s has a valid example of each type', (file) => {
  const { $defs, ...root } = read(file) as Described & { $id: string };
  for (const [name, schema] of Object.entries({ ...$defs, '': root })) {
    expect([name, schema.examples?.length]).toEqual([name, expect.any(Number)]);
    const id = name ? `${root.$id}#/$defs/${name}` : root.$id;
    for (const example of schema.examples ?? []) validate(id, example);
  }
});

test('the examples of whole events are valid events', () => {
  const { messages } = read('asyncapi.json').components;
  const ofTopics = topics.map((topic) => messages[topic].examples[0].payload);
  for (const example of [...read('event.json').examples, ...ofTopics]) {
    validateEvent(JSON.stringify(example));
  }
  expect(ofTopics.map(({ type }) => type)).toEqual(topics.map((topic) => `labelrelay.${topic}`));
});

test('the AsyncAPI document is valid, and its references can be resolved', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
  addFormats(ajv);
  const document = read('asyncapi.json');
  ajv.validate(specs.schemas['3.0.0'], document);
  expect(ajv.errors ?? []).toEqual([]);
  for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    if (reference.startsWith('./')) expect(() => read(reference)).not.toThrow();
    const target = reference.startsWith('#/')
      ? reference
          .slice(2)
          .split('/')
          .reduce((node, key) => node[key], document)
      : reference;
    expect(target).toBeDefined();
  }
});

const event = {
  specversion: '1.0',
  id: 'x',
  source: '/labelbox',
  type: 'labelrelay.label.created',
  time: '2026-01-01T00:00:00Z',
  recordedtime: '2026-01-01T00:00:00.000Z',
  partitionkey: 'labelbox',
  datacontenttype: 'application/json',
  dataschema: 'urn:labelrelay:schema:labelrelay.label.created:1',
  data: { platform: 'labelbox', labels: [] },
};

test.each<[string, object]>([
  ['a member that is not named', { data: { ...event.data, lables: [] } }],
  ['a member of another type', { data: { ...event.data, labels: [{ id: 7 }] } }],
  [
    'an annotation of no kind',
    { data: { ...event.data, labels: [{ annotations: [{ kind: 'cube' }] }] } },
  ],
  ['a time that is none', { data: { ...event.data, labels: [{ createdAt: 'yesterday' }] } }],
  ['an attribute that is missing', { partitionkey: undefined }],
  ['a sequence of another form', { sequence: '2026-01-01T00:00:00Z-1' }],
  ['a life without a version', { sequence: '2026-01-01T00:00:00.000000Z/' }],
  ['a recovery that is denied', { recovered: false }],
  ['neither data nor a claim check', { data: undefined }],
])('what the tests hold events against sees %s', (_, change) => {
  expect(() => validateEvent(JSON.stringify(event))).not.toThrow();
  expect(() => validateEvent(JSON.stringify({ ...event, ...change }))).toThrow();
});

test('workers accept every expected event, also with members of newer versions', () => {
  for (const { events } of fixtures()) {
    for (const expected of events) {
      const { type, data } = expected.event as { type: string; data: object };
      const schema = dataSchemas[type.replace('labelrelay.', '') as keyof typeof dataSchemas];
      expect(schema.safeParse({ ...data, newer: true }).error).toBeUndefined();
    }
  }
});

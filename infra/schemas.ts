import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CLOUD_EVENT_CONTENT_TYPE, schemaOf } from '../lib/events/cloud-event';
import { ownQueue, queueName } from '../lib/events/queues';
import { attributes, claimCheck } from '../lib/events/schemas/attributes';
import { dataSchemas } from '../lib/events/schemas/by-topic';
import { type Topic, topics } from '../lib/events/topics';
import type { EventSchemas } from './families';
import { pythonModels } from './python-models';
import { typescriptTypes } from './typescript-types';

type Document = Record<string, unknown>;

/** The models of events in the Python package. */
export const PYTHON_MODELS = 'python/src/labelrelay/models.py';
/** The types of events in TypeScript. */
export const TYPES = 'lib/events/types.ts';

/** The files of docs/schemas by name, generated from lib/events/schemas. */
export function schemaFiles(): Record<string, Document> {
  const data = topics.map((topic) => {
    const type = `labelrelay.${topic}`;
    const title = `Data of ${type}`;
    return [`${type}.json`, { ...toJsonSchema(dataSchemas[topic]), $id: schemaOf(type), title }];
  });
  return { ...Object.fromEntries(data), 'event.json': eventSchema(), 'asyncapi.json': asyncApi() };
}

/** The code that is generated for the same events, by file. */
export function codeFiles(): Record<string, string> {
  const schemas: EventSchemas = {
    attributes: toJsonSchema(attributes),
    claimCheck: toJsonSchema(claimCheck),
    data: Object.fromEntries(topics.map((topic) => [topic, toJsonSchema(dataSchemas[topic])])),
  };
  return { [PYTHON_MODELS]: pythonModels(schemas), [TYPES]: typescriptTypes(schemas) };
}

/** Unknown members are allowed, since newer events may have more. */
const toJsonSchema = (schema: z.ZodType): Document =>
  z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Document;

function eventSchema(): Document {
  const { properties, required, ...rest } = toJsonSchema(attributes);
  const claim = toJsonSchema(claimCheck);
  const data = { description: 'The normalized payload. Its schema is at `dataschema`.' };
  return {
    ...rest,
    $id: schemaOf('event'),
    title: 'An event of labelrelay: a CloudEvent in structured mode',
    description: 'An event, with its `data` or with the claim check of that.',
    properties: { ...(properties as object), data, ...(claim.properties as object) },
    required,
    oneOf: [{ required: ['data'] }, { required: claim.required }],
    examples: [exampleOf('label.created')],
  };
}

/** An event of a topic, without a `subject`: so it needs no `sequence`. */
function exampleOf(topic: Topic): Document {
  const type = `labelrelay.${topic}`;
  const data = firstExample(dataSchemas[topic]);
  const { subject: _, sequence: __, ...others } = firstExample(attributes);
  const source = String(data.platform);
  const members = { type, source: `/${source}`, partitionkey: source, dataschema: schemaOf(type) };
  return { ...others, ...members, data };
}

function firstExample(schema: z.ZodType): Document {
  const [example = {}] = (toJsonSchema(schema).examples ?? []) as Document[];
  return example;
}

/** @see https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
function asyncApi(): Document {
  const byTopic = (entry: (topic: Topic) => unknown): Document =>
    Object.fromEntries(topics.map((topic) => [topic, entry(topic)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'labelrelay',
      version: '1',
      description: 'The events of annotation platforms, with one SQS queue for each topic.',
      license: { name: 'MIT' },
    },
    defaultContentType: CLOUD_EVENT_CONTENT_TYPE,
    channels: byTopic((topic) => ({
      address: queueName('{stage}', ownQueue(topic)),
      parameters: { stage: { description: 'The deployed stage.' } },
      messages: { [topic]: { $ref: `#/components/messages/${topic}` } },
    })),
    operations: byTopic((topic) => ({
      action: 'send',
      channel: { $ref: `#/channels/${topic}` },
    })),
    components: {
      messages: byTopic((topic) => ({
        name: `labelrelay.${topic}`,
        summary: dataSchemas[topic].description,
        examples: [{ payload: exampleOf(topic) }],
        contentType: CLOUD_EVENT_CONTENT_TYPE,
        payload: {
          allOf: [
            { $ref: './event.json' },
            { properties: { data: { $ref: `./labelrelay.${topic}.json` } } },
          ],
        },
      })),
    },
  };
}

/** `npm run schemas` */
if (require.main === module) {
  const folder = join(__dirname, '../docs/schemas');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const [file, document] of Object.entries(schemaFiles())) {
    writeFileSync(join(folder, file), `${JSON.stringify(document, null, 2)}\n`);
  }
  for (const [file, code] of Object.entries(codeFiles())) {
    writeFileSync(join(__dirname, '..', file), code);
  }
}

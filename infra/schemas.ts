import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CLOUD_EVENT_CONTENT_TYPE, schemaOf } from '../lib/events/cloud-event';
import { ownQueue, queueName } from '../lib/events/queues';
import { attributes, claimCheck } from '../lib/events/schemas/attributes';
import { dataSchemas } from '../lib/events/schemas/by-topic';
import { topics } from '../lib/events/topics';
import { pythonModels } from './python-models';

type Document = Record<string, unknown>;

/** The models of events in the Python package. */
export const PYTHON_MODELS = 'python/src/labelrelay/models.py';

/** The files of docs/schemas by name, generated from lib/events/schemas. */
export function schemaFiles(): Record<string, Document> {
  const data = topics.map((topic) => {
    const type = `labelrelay.${topic}`;
    const title = `Data of ${type}`;
    return [`${type}.json`, { ...toJsonSchema(dataSchemas[topic]), $id: schemaOf(type), title }];
  });
  return { ...Object.fromEntries(data), 'event.json': eventSchema(), 'asyncapi.json': asyncApi() };
}

/** The file of the Python package with the models of the same events. */
export const pythonFile = (): string =>
  pythonModels(
    eventSchema(),
    Object.fromEntries(topics.map((topic) => [topic, toJsonSchema(dataSchemas[topic])])),
  );

/** Unknown members are allowed, since newer events may have more. */
const toJsonSchema = (schema: z.ZodType): Document =>
  z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Document;

function eventSchema(): Document {
  const { properties, required, ...rest } = toJsonSchema(attributes);
  const claim = toJsonSchema(claimCheck);
  return {
    ...rest,
    $id: schemaOf('event'),
    title: 'An event of labelrelay: a CloudEvent in structured mode',
    properties: { ...(properties as object), data: true, ...(claim.properties as object) },
    required,
    oneOf: [{ required: ['data'] }, { required: claim.required }],
  };
}

/** @see https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
function asyncApi(): Document {
  const byTopic = (entry: (topic: (typeof topics)[number]) => unknown): Document =>
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
  writeFileSync(join(__dirname, '..', PYTHON_MODELS), pythonFile());
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { type CloudEvent, HTTP } from 'cloudevents';

const FOLDER = join(__dirname, '../../docs/schemas');
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
for (const file of readdirSync(FOLDER)) {
  const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  if (schema.$schema) ajv.addSchema(closed(schema) as AnySchemaObject);
}

/** The same schema, but rejecting unknown members: our schemas name every member that we send. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  return 'properties' in inner ? { additionalProperties: false, ...inner } : inner;
}

/** Validates with the CloudEvents SDK and with the published schemas. @throws an error with every problem */
export function validateEvent(body: string): void {
  const headers = { 'content-type': 'application/cloudevents+json' };
  (HTTP.toEvent({ headers, body }) as CloudEvent).validate();

  const event = JSON.parse(body);
  validate('urn:labelrelay:schema:event:1', event);
  if (event.data) validate(event.dataschema, event.data);
}

/** Validates with a published schema. @throws an error with every problem */
export function validate(schema: string, value: unknown): void {
  if (!ajv.validate(schema, value)) {
    throw new Error(`${schema}: ${ajv.errorsText()}\n${JSON.stringify(value).slice(0, 2_000)}`);
  }
}

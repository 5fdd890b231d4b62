import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { version } from 'ajv/package.json';
import { type CloudEvent, HTTP } from 'cloudevents';

const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/schemas');
const COMPILER = join(__dirname, 'compile-schema.ts');

/** Validates with the CloudEvents SDK and with the published schemas. @throws an error with every problem */
export function validateEvent(body: string): void {
  const headers = { 'content-type': 'application/cloudevents+json' };
  (HTTP.toEvent({ headers, body }) as CloudEvent).validate();

  const event = JSON.parse(body);
  validate('urn:labelrelay:schema:event:1', event);
  if (event.data) validate(event.dataschema, event.data);
}

const validators = new Map<string, ValidateFunction>();

/**
 * Validates with a published schema.
 *
 * @param schema its id, such as `urn:labelrelay:schema:event:1`, also with the path of a part
 * @throws an error with every problem
 */
export function validate(schema: string, value: unknown): void {
  const validator = validators.get(schema) ?? validatorOf(schema);
  validators.set(schema, validator);
  if (validator(value)) return;
  const problems = validator.errors?.map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  );
  throw new Error(`${schema}: ${problems}\n${JSON.stringify(value).slice(0, 2_000)}`);
}

function validatorOf(id: string): ValidateFunction {
  const [, name, part] = /^urn:labelrelay:schema:(.+):\d+(#.*)?$/.exec(id) ?? [];
  const text = readFileSync(join(ROOT, 'docs/schemas', `${name}.json`), 'utf8');
  // To load the compiler and to compile takes longer than most tests, and each test file would do it anew.
  const compiler = () => require(COMPILER) as typeof import('./compile-schema');
  if (part) return compiler().compileSchema(text, id);
  const digest = createHash('sha256').update(version).update(readFileSync(COMPILER)).update(text);
  const file = join(CACHE, `${name}-${digest.digest('hex').slice(0, 16)}.cjs`);
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    // Another process may write the same.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, compiler().schemaCode(text, id));
    renameSync(draft, file);
  }
  return require(file);
}

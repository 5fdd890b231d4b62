import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';
import addFormats from 'ajv-formats';

const compilers = new Map<string, Ajv2020>();

/** @param text the schema as JSON. @param id its id, also with the path of a part */
export function compileSchema(text: string, id: string): ValidateFunction {
  const validator = compilerOf(text).getSchema(id);
  if (!validator) throw new Error(`expected a schema ${id}, got none`);
  return validator as ValidateFunction;
}

/** The code of a module that exports what `compileSchema` returns. */
export const schemaCode = (text: string, id: string): string =>
  standaloneCode(compilerOf(text), compileSchema(text, id));

function compilerOf(text: string): Ajv2020 {
  const known = compilers.get(text);
  if (known) return known;
  const ajv = new Ajv2020({ allErrors: true, strict: false, code: { source: true } });
  addFormats(ajv);
  ajv.addSchema(closed(JSON.parse(text)) as object);
  compilers.set(text, ajv);
  return ajv;
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

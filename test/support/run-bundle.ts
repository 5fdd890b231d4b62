import { readFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';

/** Compiled files by their path. Compiling takes most of the time of a cold start. */
const compiled = new Map<string, Script>();

/** The exports of a Lambda function. */
interface Exports {
  readonly handler: (event: object) => Promise<{
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  }>;
}
type Files = Map<string, { exports: Exports }>;

/**
 * Runs a bundle as a cold start does: nothing of an earlier run is left in it.
 *
 * @param run the files of this run so far
 * @returns its exports
 */
export function runBundle(path: string, run: Files = new Map()): Exports {
  const known = run.get(path);
  if (known) return known.exports;
  const module = { exports: {} as Exports };
  run.set(path, module);
  const requireModule = createRequire(path);
  const requireFile = (name: string) =>
    name.startsWith('.') ? runBundle(join(dirname(path), name), run) : requireModule(name);
  compile(path).runInThisContext()(module.exports, requireFile, module, path, dirname(path));
  return module.exports;
}

function compile(path: string): Script {
  const known = compiled.get(path);
  if (known) return known;
  const script = new Script(wrap(readFileSync(path, 'utf8')), {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  compiled.set(path, script);
  return script;
}

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DynamoTable } from '../../lib/aws/dynamodb/dynamo-table';
import type { Verdict } from '../../lib/consume/guard';
import type { Marks } from '../../lib/consume/marks';
import { Poison } from '../../lib/consume/poison';
import { RetryLater } from '../../lib/consume/retry-later';
import type { Kept, ReadableValues } from '../../lib/consume/values';
import { UnknownVersion, Wait } from '../../lib/consume/wait';
import type { Played } from '../convergence/on-one-table';
import { installedKit, KIT } from './python-kit';

/** A table, and the endpoint where it is. */
export interface TableAt extends Required<DynamoTable> {
  readonly endpoint: string;
}

interface Reply {
  readonly id: number;
  readonly ask?: 'step' | 'handle';
  readonly result?: unknown;
  readonly error?: { readonly code?: string; readonly message: string };
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  readonly played?: Played;
}

/** The guards and stores of the Python package, in a process of its own: see python/tests/bridge.py. */
export class PythonBridge {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, Pending>();
  #source: string | undefined;
  #ids = 0;

  constructor() {
    this.#child = spawn(join(installedKit(), 'python'), [join(KIT, 'tests/bridge.py')]);
    this.#child.stderr.pipe(process.stderr);
    createInterface(this.#child.stdout).on('line', (line) => this.#hear(JSON.parse(line)));
  }

  /** @param table undefined for marks in memory */
  async marks(now: () => number, table?: TableAt): Promise<Marks> {
    const call = await this.#make('marks', table, now);
    const newest = call('newest') as (key: string) => Promise<unknown>;
    return {
      claim: call('claim'),
      announce: call('announce'),
      extend: call('extend'),
      settle: call('settle'),
      release: call('release'),
      newest: async (key) => ((await newest(key)) ?? undefined) as never,
    };
  }

  /** @param table undefined for values in memory */
  async values(table?: TableAt): Promise<ReadableValues<unknown>> {
    const call = await this.#make('values', table);
    const put = call('put_if_newer') as (...args: unknown[]) => Promise<boolean>;
    const newest = call('newest') as (key: string) => Promise<Kept<unknown> | null>;
    const all = call('all') as () => Promise<[string, unknown][]>;
    return {
      putIfNewer: (key, position, value, expiresAt, over) =>
        put(key, position, value, expiresAt ?? null, ...(over === undefined ? [] : [over])),
      newest: async (key) => (await newest(key)) ?? undefined,
      async *all() {
        yield* await all();
      },
    };
  }

  /** Lets an event take effect on a table. */
  async play({ endpoint, table }: TableAt, played: Played): Promise<Verdict> {
    const { guard, event, stage } = played;
    if (event.source !== this.#source) this.#abandon();
    this.#source = event.source;
    const body = { do: 'guard', guard, event, endpoint, table, now: stage.now() };
    return (await this.#request(body, played)) as Verdict;
  }

  stop(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  /** @returns makes a function of a method of the store. It gives whatever the method returns */
  async #make(kind: string, table?: TableAt, now: () => number = () => 0) {
    const store = this.#ids + 1;
    const where = table && { endpoint: table.endpoint, table: table.table };
    await this.#request({ do: 'make', store, kind, ...where });
    return (method: string) =>
      ((...args: unknown[]) =>
        this.#request({ do: 'call', store, method, args, now: now() })) as never;
  }

  #request(body: object, played?: Played): Promise<unknown> {
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, played });
      this.#child.stdin.write(`${JSON.stringify({ id, ...body })}\n`);
    });
  }

  /** Ends the workers of a history before: those that died wait for an answer that never comes. */
  #abandon(): void {
    for (const [id, { played }] of this.#pending) {
      if (!played) continue;
      this.#answer(id, { answer: 'die' });
      this.#pending.delete(id);
    }
  }

  #answer(id: number, body: object): void {
    this.#child.stdin.write(`${JSON.stringify({ id, ...body })}\n`);
  }

  #hear({ id, ask, result, error }: Reply): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    if (ask && pending.played) {
      void this.#ask(id, ask, pending.played);
      return;
    }
    this.#pending.delete(id);
    if (error) pending.reject(toError(error));
    else pending.resolve(result);
  }

  async #ask(id: number, ask: 'step' | 'handle', { stage, handle }: Played): Promise<void> {
    try {
      const value = ask === 'step' ? await stage.step() : await handle();
      this.#answer(id, { answer: 'go', now: stage.now(), value });
    } catch {
      this.#answer(id, { answer: 'fail', now: stage.now() });
    }
  }
}

function toError({ code, message }: NonNullable<Reply['error']>): Error {
  if (code === 'poison') return new Poison(message);
  if (code === 'retry') return new RetryLater(message);
  if (code === 'wait') return new Wait(message);
  if (code === 'unknown-version') {
    return Object.assign(new UnknownVersion('', 0, undefined), { message });
  }
  return new Error(message);
}

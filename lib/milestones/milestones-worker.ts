import { createWorker, type Worker } from '../consume/create-worker';
import type { AnyEvent } from '../consume/event';
import type { Guard } from '../consume/guard';
import type { DataStore } from '../consume/ports';
import { Wait } from '../consume/wait';
import { topics } from '../events/topics';
import type { Alongside } from './alongside';
import { parseAsk } from './ask';
import { completions } from './complete';
import { countChanges } from './count-changes';
import type { Work } from './needed-topics';
import { MAX_DELAY_SECONDS, type MilestonePorts } from './ports';
import { scopesWriter } from './write-scopes';

export interface MilestoneSettings extends Work {
  readonly schemaBase: string;
  /** The most characters of an item of a source, for tests. */
  readonly maxLength?: number;
  /** The current time in milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

const NOTHING: Alongside = { subject: (subject) => subject };

/** Every event takes effect: the items know themselves what they have seen. */
const always: Guard<void> = async (_, handle) => {
  await handle({ signal: new AbortController().signal });
  return 'done';
};

/** The worker that counts changes for rules, and finds completions. Its queue also has its own questions. */
export function milestonesWorker(
  ports: MilestonePorts,
  { rules, completion, schemaBase, maxLength, now = Date.now }: MilestoneSettings,
  data?: DataStore,
): Worker {
  const writeScopes = scopesWriter(ports, { schemaBase, maxLength });
  const { count, answer } = countChanges(writeScopes, ports, { rules, now });
  const completing = completions(writeScopes, ports, { rules, schemaBase });
  const handle = async (event: AnyEvent): Promise<void> => {
    await count(event, completion ? completing.alongside(event) : NOTHING);
    if (completion) await completing.complete(event);
  };
  const handlers = Object.fromEntries(topics.map((topic) => [topic, handle]));
  const worker = createWorker(handlers, { guard: always, data });
  return async (body) => {
    const ask = parseAsk(body);
    if (!ask) return worker(body);
    const seconds = await answer(ask);
    if (seconds !== undefined) throw new NotYet(seconds);
    return 'done';
  };
}

/** An epoch is not over: its timer waits on. */
class NotYet extends Wait {
  override readonly maxWaits = Number.POSITIVE_INFINITY;

  constructor(private readonly left: number) {
    super('expected an epoch that is over, got one that is open', MAX_DELAY_SECONDS);
  }

  override seconds(): number {
    return this.left;
  }
}

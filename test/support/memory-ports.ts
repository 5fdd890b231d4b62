import { Secret } from '../../lib/platforms/secret';
import type { RedeliverPorts } from '../../lib/receive/ports';
import { createTelemetry } from '../../lib/telemetry';
import { memoryLarge } from './memory-large';

/** Every port in memory, with a record of its calls. */
export function memoryPorts(secret = 'secret') {
  const sent: { queue: string; body: string }[] = [];
  const stored = new Map<string, Uint8Array>();
  const lines: string[] = [];
  const ports: RedeliverPorts = {
    secrets: {
      read: async () => ({ secrets: [new Secret(secret)], isConclusive: true }),
      refresh: async () => undefined,
    },
    queues: {
      async sendBatch(queue, messages) {
        sent.push(...messages.map(({ body }) => ({ queue, body })));
        return [];
      },
    },
    objects: {
      async put(key, bytes) {
        stored.set(key, Buffer.from(bytes));
        return `s3://bucket/${key}`;
      },
      get: async (key) => stored.get(key),
      async remove(key) {
        stored.delete(key);
      },
      async *list(prefix) {
        yield* [...stored.keys()].filter((key) => key.startsWith(prefix)).sort();
      },
    },
    large: memoryLarge(stored).large,
    telemetry: createTelemetry('test', (line) => lines.push(line)),
  };
  return { ports, sent, stored, lines };
}

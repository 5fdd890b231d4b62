import { Secret } from '../../lib/platforms/secret';
import type { RedeliverPorts } from '../../lib/receive/ports';
import { createTelemetry } from '../../lib/telemetry';
import { memoryObjects } from './memory-objects';

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
    objects: memoryObjects(stored).objects,
    telemetry: createTelemetry('test', (line) => lines.push(line)),
  };
  return { ports, sent, stored, lines };
}

import { platforms } from '../../lib/platforms/platforms';
import { Secret } from '../../lib/platforms/secret';
import { createReceiver } from '../../lib/receive/receive';
import { sweep } from '../../lib/receive/redeliver/sweep';
import { label } from './label';
import { memoryPorts } from './memory-ports';
import { receiveSettings } from './receive-settings';
import { sign } from './send';

const SECRETS = [new Secret('current'), new Secret('previous', 'previous')];
const signed = (body: string, secret = 'current') => ({
  'x-hub-signature': sign(body, secret),
  'x-hub-signature-256': sign(body, secret, 'sha256'),
});
const LABEL = JSON.stringify(label({ id: 'a' }));
const TASK = JSON.stringify({ action: 'TASKS_CREATED', tasks: [{ id: 1 }], project: { id: 1 } });
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** The deliveries of both platforms in a month: each kind at least once. */
const SENT: readonly (readonly [source: string, body: string, headers: Record<string, string>])[] =
  [
    ['labelbox', LABEL, signed(LABEL)],
    ['labelbox', LABEL, signed(LABEL, 'previous')],
    ['labelbox', LABEL, { ...signed(LABEL), 'x-hub-signature': sign(LABEL, 'old') }],
    ['labelbox', LABEL, {}],
    ['labelbox', 'no JSON', signed('no JSON')],
    ['label-studio', TASK, bearer('current')],
    ['label-studio', TASK, bearer('previous')],
    ['label-studio', TASK, bearer('wrong')],
    ['label-studio', '[]', bearer('current')],
    [
      'label-studio',
      TASK.replace('}]', `,"data":{"text":"${'x'.repeat(9_000)}"}}]`),
      bearer('current'),
    ],
  ];

/** The metrics, each with its dimensions, that the receiver and redelivery write in a month with everything. */
export async function metricsWritten(): Promise<string[]> {
  const { ports, lines } = memoryPorts();
  const secrets = {
    ...ports.secrets,
    read: async () => ({ secrets: SECRETS, isConclusive: true }),
  };
  const settings = receiveSettings(platforms.labelbox, {
    sources: new Map([
      ['labelbox', { name: 'labelbox', platform: platforms.labelbox }],
      ['label-studio', { name: 'label-studio', platform: platforms['label-studio'] }],
    ]),
    maxBodyBytes: 10_000,
    claimCheckBytes: 4_096,
  });
  const down = { sendBatch: () => Promise.reject(new Error('down')) };
  for (const queues of [ports.queues, down]) {
    const receive = createReceiver({ ...ports, secrets, queues }, settings);
    for (const [source, text, headers] of SENT) {
      const body = Buffer.from(text);
      await receive({
        method: 'POST',
        path: `/webhooks/${source}`,
        headers,
        body,
        receivedAt: new Date(),
      });
    }
  }
  await sweep({ ...ports, secrets }, settings, { all: true });
  const written = lines.flatMap((line) => {
    const { _aws, source } = JSON.parse(line);
    return (_aws?.CloudWatchMetrics ?? []).flatMap(
      ({ Dimensions, Metrics }: { Dimensions: string[][]; Metrics: { Name: string }[] }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((names) => [Name, ...(names.length > 0 ? [source] : [])].join(' of ')),
        ),
    );
  });
  return [...new Set(written as string[])].sort();
}

import type { ServerConfig } from '../config/read-config';
import { LabelrelayError } from '../errors';
import type { Sender, Sent, Unsigned } from '../inspector/ports';
import { platforms } from '../platforms/platforms';
import { disturb } from '../testing/disturb';
import { fixtures, listFixtures } from '../testing/fixtures';
import { signWith } from '../testing/sign-with';

const TIMEOUT_MS = 35_000;

/** Signs deliveries with the secrets of `npm start`, and sends them to it as a platform does. */
export function localSender(url: () => string, { sources, secrets }: ServerConfig): Sender {
  const send = async (delivery: Unsigned, name: string): Promise<Sent> => {
    const { source, headers, body } = delivery;
    const scheme = sources.get(source)?.platform.schemes[0];
    const credentials = scheme && signWith(scheme, secrets.get(source) ?? '', body);
    const answer = await fetch(`${url()}/webhooks/${source}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...credentials },
      body: Uint8Array.from(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { id, events, title } = (await answer.json()) as {
      readonly id?: string;
      readonly events?: number;
      readonly title?: string;
    };
    return { name, status: answer.status, id, events, problem: title };
  };
  const sendFixture = (fixture: ReturnType<typeof fixtures>[number]): Promise<Sent> => {
    const { platform, name, body, event } = fixture;
    const { eventHeader } = platforms[platform];
    const headers = event && eventHeader ? { [eventHeader]: event } : {};
    return send({ source: platform, headers, body: Buffer.from(body) }, `${platform}/${name}`);
  };

  return {
    fixtures: listFixtures,
    async sendFixture(platform, name) {
      const found = fixtures().find((each) => each.platform === platform && each.name === name);
      if (found) return sendFixture(found);
      throw new LabelrelayError('not-found', 'expected the name of a fixture, got another');
    },
    async sendAll() {
      const seed = 1 + Math.floor(Math.random() * 1_000_000);
      const sent: Sent[] = [];
      // One after the other, so that the page shows them come, and the receiver keeps room for others.
      for (const fixture of disturb(fixtures(), { shuffle: true, duplicate: 1, seed })) {
        sent.push(await sendFixture(fixture));
      }
      return sent;
    },
    send: (delivery) => send(delivery, 'delivery'),
  };
}

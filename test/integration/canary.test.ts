import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { answers, cutsOff, denies, type Fault, hangs } from '../support/aws-proxy';
import {
  type Face,
  type StartedLambda,
  type StartedServer,
  startLambda,
  startServer,
} from '../support/faces';
import { label } from '../support/label';
import { drain, listObjects, type Received, readObject } from '../support/read-queues';
import { type Options, type Sent, send, sign } from '../support/send';

const LABELBOX_SECRET = 'CANARY-LABELBOX-SECRET';
const STUDIO_SECRET = 'CANARY-STUDIO-SECRET';

// Every mark below is forbidden in a log and in an answer.

/** The platform's own data: events and objects have it. */
const DATA = ['CANARY-VALUE', 'CANARY-MEMBER', 'CANARY-EMAIL@example.com', 'CANARY-SIGNED-URL'];
/** Credentials in a body: in exact bytes that are kept, and not in events. */
const REDACTED = ['CANARY-PROJECT-TOKEN', 'CANARY-LOGIN', 'CANARY-TASK-PASSWORD', 'CANARY-MASK'];
/** A header that is read: it is kept with a delivery, and does not travel. */
const CONTENT_TYPE = ['CANARY-TYPE'];
/** Marks that must be written nowhere. */
const FORGOTTEN = [
  LABELBOX_SECRET,
  STUDIO_SECRET,
  'CANARY-WRONG',
  'CANARY-USER',
  'CANARY-MALFORMED',
  'CANARY-COOKIE',
  'CANARY-AGENT',
  'CANARY-QUERY',
  'CANARY-PATH',
  'CANARY-API-TOKEN',
];
const MARKS = [...DATA, ...REDACTED, ...CONTENT_TYPE, ...FORGOTTEN];

/** A mark as it is, in hex, and in base64 wherever it begins there, in lower case. */
const spellings = (mark: string): string[] =>
  [
    mark,
    Buffer.from(mark).toString('hex'),
    ...[0, 1, 2].map((offset) =>
      Buffer.from('\0'.repeat(offset) + mark)
        .toString('base64')
        .slice(Math.ceil((offset * 8) / 6), -4),
    ),
  ].map((spelling) => spelling.toLowerCase());

const found = (text: string, marks: Iterable<string>): string[] => {
  const plain = text.toLowerCase();
  return [...marks].filter((mark) => spellings(mark).some((each) => plain.includes(each)));
};

const SIGNED_URL = 'https://storage.example.com/x?X-Amz-Signature=CANARY-SIGNED-URL';

const labelboxBody = (more: unknown = 'none'): string =>
  JSON.stringify(
    label({
      label: JSON.stringify({
        objects: [{ instanceURI: 'https://api.labelbox.com/masks/1?token=CANARY-MASK' }],
        classifications: [{ title: 'question', answer: 'CANARY-VALUE' }],
      }),
      user: { id: 'user-1', email: 'CANARY-EMAIL@example.com' },
      dataRow: { id: 'row-1', rowData: SIGNED_URL },
      'CANARY-MEMBER': more,
    }),
  );

const studioBody = (more: unknown = 'none'): string =>
  JSON.stringify({
    action: 'ANNOTATION_CREATED',
    annotation: {
      id: 1,
      updated_at: '2026-03-02T10:41:55.287310Z',
      completed_by: { id: 2, email: 'CANARY-EMAIL@example.com' },
      result: [],
      note: 'CANARY-VALUE',
    },
    task: { id: 4, data: { image: SIGNED_URL } },
    project: {
      id: 7,
      title: 'Project',
      token: 'CANARY-PROJECT-TOKEN',
      task_data_login: 'CANARY-LOGIN',
      task_data_password: 'CANARY-TASK-PASSWORD',
    },
    'CANARY-MEMBER': more,
  });

const NOISE = {
  cookie: 'session=CANARY-COOKIE',
  'user-agent': 'CANARY-AGENT',
  'content-type': 'application/json; charset=CANARY-TYPE',
};
const basic = (secret: string) =>
  `Basic ${Buffer.from(`CANARY-USER:${secret}`).toString('base64')}`;

/** From either platform, by every kind of credentials, made with the secret or with another one. */
function deliveries(
  isRight: boolean,
  change = (body: string) => body,
  more?: unknown,
): readonly Options[] {
  const body = change(labelboxBody(more));
  const key = isRight ? LABELBOX_SECRET : 'CANARY-WRONG';
  const secret = isRight ? STUDIO_SECRET : 'CANARY-WRONG';
  const signatures = {
    'x-hub-signature': sign(body, key),
    'x-hub-signature-256': sign(body, key, 'sha256'),
  };
  return [
    { path: '/webhooks/labelbox?CANARY-QUERY', body, headers: { ...NOISE, ...signatures } },
    ...[
      { authorization: `Bearer ${secret}` },
      { authorization: basic(secret) },
      { 'x-webhook-secret': secret },
    ].map((credentials) => ({
      path: '/webhooks/label-studio?CANARY-QUERY',
      body: change(studioBody(more)),
      headers: { ...NOISE, ...credentials },
    })),
  ];
}

const authentic = (change?: (body: string) => string, more?: unknown) =>
  deliveries(true, change, more);
const forged = () => deliveries(false);

const malformed = (): Options[] => [
  { path: '/webhooks/labelbox', body: labelboxBody(), headers: NOISE },
  ...[{ 'x-hub-signature': 'sha1=CANARY-MALFORMED' }, { 'x-hub-signature-256': 'CANARY-MALFORMED' }]
    .map((headers) => ({ ...NOISE, ...headers }))
    .map((headers) => ({ path: '/webhooks/labelbox', body: labelboxBody(), headers })),
  ...['CANARY-MALFORMED', 'Basic CANARY-MALFORMED'].map((authorization) => ({
    path: '/webhooks/label-studio',
    body: studioBody(),
    headers: { ...NOISE, authorization },
  })),
];

const changedBy =
  ({ headers, ...rest }: Options) =>
  (delivery: Options): Options => ({
    ...delivery,
    ...rest,
    headers: { ...delivery.headers, ...headers },
  });
const everyDelivery = (change: Options) => [...authentic(), ...forged()].map(changedBy(change));

const API_TOKEN = '{"access_token":"CANARY-API-TOKEN"}';
const setup = (isRight: boolean, body: string) =>
  deliveries(isRight)
    .slice(1)
    .map(changedBy({ path: '/training/label-studio/setup?CANARY-QUERY', body }));

/** A line of the log, as far as it is looked at. */
interface Line {
  readonly message: string;
  readonly source?: string;
  readonly id?: string;
  readonly bytes?: number;
  readonly ms?: number;
  /** The key of a held delivery, in the lines of redelivery. */
  readonly key?: string;
}

/** Everything that comes out of a receiver. */
interface Outputs {
  readonly events: readonly Received[];
  /** By key. */
  readonly objects: ReadonlyMap<string, string>;
  readonly lines: readonly Line[];
}

/**
 * @param log what the processes wrote so far
 * @param seen how many characters of it are not looked at
 */
function watch(face: Face, log: () => string, seen: number) {
  const answered: Sent[] = [];
  const signatures = new Set<string>();
  let logged: object[] = [];
  let round = 0;

  /** The lines of the log since it was last asked. */
  const readLog = async (): Promise<Line[]> => {
    // The log is in order: when the last line is there, so are those before it.
    const path = `/end/${++round}`;
    await send(face.url, { path });
    const end = new RegExp(`"path":"${path}"[^\\n]*\\n$`);
    for (let tries = 0; tries < 100 && !end.test(log()); tries++) await setTimeout(20);
    const text = log().slice(seen);
    expect(text).toMatch(end);
    seen += text.length;
    expect(found(text, [...MARKS, ...signatures])).toEqual([]);
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  // The object under a key never changes.
  const texts = new Map<string, string>();
  const readText = async (key: string): Promise<string> => {
    const bytes = await readObject(face.aws, `s3://labelrelay-dev-deliveries/${key}`);
    return bytes.toString();
  };
  const readObjects = async (): Promise<Map<string, string>> => {
    const objects = new Map<string, string>();
    for (const key of await listObjects(face.aws, '')) {
      const known = texts.get(key);
      const text = known ?? (await readText(key));
      texts.set(key, text);
      objects.set(key, text);
      if (known !== undefined) continue;
      const isUnverified = /^(held\/unverified|rejected)\//.test(key);
      const forbidden = [
        ...FORGOTTEN,
        ...(isUnverified ? [] : signatures),
        ...(key.startsWith('data/') ? [...REDACTED, ...CONTENT_TYPE] : []),
      ];
      expect([key, found(key + text, forbidden)]).toEqual([key, []]);
    }
    return objects;
  };

  return {
    /** @returns the status of each answer */
    async send(requests: readonly Options[]): Promise<number[]> {
      const statuses: number[] = [];
      for (const request of requests) {
        const { path = '', headers = {}, body = '' } = request;
        for (const name of ['x-hub-signature', 'x-hub-signature-256']) {
          const digest = /=([0-9a-f]+)$/.exec(String(headers[name]))?.[1];
          if (digest) signatures.add(digest);
        }
        const answer = await send(face.url, request);
        answered.push(answer);
        statuses.push(answer.status);
        if ([202, 400, 401, 415, 503].includes(answer.status)) {
          logged.push({
            source: path.split(/[/?]/)[2],
            id: answer.json.id ?? expect.stringMatching(/^[0-9a-f]{32}$/),
            bytes: body.length,
            ms: expect.any(Number),
          });
        }
      }
      return statuses;
    },

    /** Reads all that came out since the last time, and expects no mark where it must not be. */
    async inspect(): Promise<Outputs> {
      expect(found(JSON.stringify(answered.splice(0)), [...MARKS, ...signatures])).toEqual([]);
      const lines = await readLog();
      const ofDeliveries = lines
        .filter(({ id, ms, key }) => id && ms !== undefined && !key)
        .map(({ source, id, bytes, ms }) => ({ source, id, bytes, ms }));
      expect(ofDeliveries).toEqual(logged);
      logged = [];

      const events = await drain(face.aws);
      const messages = JSON.stringify(events.map(({ body, attributes }) => [body, attributes]));
      expect(found(messages, [...REDACTED, ...CONTENT_TYPE, ...FORGOTTEN, ...signatures])).toEqual(
        [],
      );
      return { events, objects: await readObjects(), lines };
    },
  };
}

type Watch = ReturnType<typeof watch>;

const textOf = (events: readonly Received[]): string => events.map(({ body }) => body).join('\n');
const under = (prefix: string, { objects }: Outputs): string[] =>
  [...objects].filter(([key]) => key.startsWith(prefix)).map(([, text]) => text);

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** The requests for both receivers, with the expected status, and whether events arrive. */
const outcomes = (maxBodyBytes: number): [string, readonly Options[], number, boolean][] => [
  ['accepted', authentic(), 202, true],
  ['accepted, with large data', authentic(undefined, 'x'.repeat(300_000)), 202, true],
  ['accepted, too deep', authentic((body) => body.replace('"none"', nested(300))), 202, true],
  ['refused for another secret', forged(), 401, false],
  ['refused for malformed credentials', malformed(), 401, false],
  ['no JSON', authentic((body) => body.slice(0, -1)), 400, false],
  [
    'another type',
    authentic()
      .slice(0, 1)
      .map(changedBy({ headers: { 'content-type': 'text/CANARY-TYPE' } })),
    415,
    false,
  ],
  ['an unknown route', everyDelivery({ path: '/CANARY-PATH?CANARY-QUERY' }), 404, false],
  ['an unknown source', everyDelivery({ path: '/webhooks/CANARY-PATH' }), 404, false],
  ['more than a route', everyDelivery({ path: '/webhooks/labelbox/CANARY-PATH' }), 404, false],
  ['another method', everyDelivery({ method: 'PUT' }), 405, false],
  ['too large', authentic((body) => body.padEnd(maxBodyBytes + 1)), 413, false],
  ['an API token, authentic', setup(true, API_TOKEN), 200, false],
  ['an API token, forged', setup(false, API_TOKEN), 401, false],
  ['an API token that is no JSON', setup(true, 'CANARY-API-TOKEN'), 200, false],
];

const MAX_BODY_BYTES = 1_048_576;
const SETTINGS = {
  LABELRELAY_ARCHIVE: 'true',
  LABELRELAY_MAX_BODY_BYTES: String(MAX_BODY_BYTES),
};

function saysNothing(watched: () => Watch): void {
  test.each(outcomes(MAX_BODY_BYTES))(
    '%s: no mark comes out',
    async (_, requests, status, isIn) => {
      expect(await watched().send(requests)).toEqual(requests.map(() => status));
      const { events } = await watched().inspect();
      expect(events).toHaveLength(isIn ? requests.length : 0);
    },
  );

  test('marks are where they may be: or nothing would be found elsewhere', async () => {
    await watched().send(authentic());
    const outputs = await watched().inspect();
    expect(found(textOf(outputs.events), MARKS)).toEqual(DATA);
    const archived = [...DATA, ...REDACTED, ...CONTENT_TYPE];
    expect(found(under('archive/', outputs).join('\n'), MARKS)).toEqual(archived);
    for (const prefix of ['raw/', 'undecodable/']) {
      const kept = [...DATA, ...REDACTED];
      expect(found(under(prefix, outputs).join('\n'), MARKS)).toEqual(kept);
    }
    expect(found(under('data/', outputs).join('\n'), MARKS)).toEqual(DATA);
  });
}

describe('the Node server', () => {
  let server: StartedServer;
  let watched: Watch;
  beforeAll(async () => {
    server = await startServer({
      ...SETTINGS,
      LABELBOX_WEBHOOK_SECRET: LABELBOX_SECRET,
      LABEL_STUDIO_WEBHOOK_SECRET: STUDIO_SECRET,
    });
    const log = () => server.output().stdout + server.output().stderr;
    // The output at its start is no log.
    watched = watch(server, log, log().length);
  });
  afterAll(() => server.stop());

  saysNothing(() => watched);
});

describe('the packaged Lambda functions', () => {
  let lambda: StartedLambda;
  let watched: Watch;
  beforeAll(async () => {
    lambda = await startLambda(SETTINGS);
    lambda.redeliversAtOnce = false;
    const createdAt = new Date();
    const { secrets } = lambda.proxy;
    secrets.set('labelrelay/dev/labelbox AWSCURRENT', { text: LABELBOX_SECRET, createdAt });
    secrets.set('labelrelay/dev/label-studio AWSCURRENT', { text: STUDIO_SECRET, createdAt });
    watched = watch(lambda, lambda.output, 0);
  });
  afterAll(() => lambda.stop());
  afterEach(() => {
    lambda.proxy.fault = () => undefined;
  });

  saysNothing(() => watched);

  /** A client puts what it is told into its errors. */
  const quotes: Fault = (response, exchange, body) =>
    answers(400, { __type: 'Odd', message: `${MARKS}\n${body}` })(response, exchange, body);
  const quotesInXml: Fault = (response) =>
    response
      .writeHead(400)
      .end(`<Error><Code>Odd</Code><Message>${MARKS}\n${MARKS}</Message></Error>`);
  const babbles: Fault = (response, exchange, body) =>
    answers(200, `${MARKS}\n${body}`)(response, exchange, body);

  const FAULTS: [string, Fault][] = [
    ['quotes what it was sent', quotes],
    ['quotes it in XML', quotesInXml],
    ['answers with it', babbles],
    ['denies', denies],
    ['ends in the middle', cutsOff],
  ];
  const all = <T>(requests: readonly Options[], value: T): T[] => requests.map(() => value);

  const HANGS: [string, Fault] = ['hangs', hangs];
  test.each([...FAULTS, HANGS])(
    'a queue that %s: held, and delivered, without a mark',
    async (_, fault) => {
      lambda.proxy.fault = (call) => (call === 'SendMessageBatch' ? fault : undefined);
      expect(await watched.send(authentic())).toEqual(all(authentic(), 202));
      const waiting = await watched.inspect();
      expect(waiting.events).toEqual([]);
      const held = under('held/verified/', waiting);
      expect(held).toHaveLength(authentic().length);
      expect(found(held.join('\n'), MARKS)).toEqual([...DATA, ...REDACTED, ...CONTENT_TYPE]);
      await lambda.redeliver();
      expect((await watched.inspect()).events).toEqual([]);

      lambda.proxy.fault = () => undefined;
      await lambda.redeliver();
      const delivered = await watched.inspect();
      expect(delivered.events).toHaveLength(authentic().length);
      expect(under('held/', delivered)).toEqual([]);
      const lines = delivered.lines.filter(({ message }) => message === 'held delivery delivered');
      expect(lines).toHaveLength(authentic().length);
      for (const line of lines) {
        expect(Object.keys(line)).toEqual(expect.arrayContaining(['source', 'id', 'bytes', 'ms']));
      }
    },
  );

  test.each(FAULTS)(
    'a secret store that %s: held unverified, delivered or rejected, without a mark',
    async (_, fault) => {
      await lambda.coldStart();
      lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? fault : undefined);
      expect(await watched.send(authentic())).toEqual(all(authentic(), 202));
      expect(await watched.send(forged())).toEqual(all(forged(), 202));
      expect(await watched.send(malformed())).toEqual(all(malformed(), 401));
      const waiting = await watched.inspect();
      expect(waiting.events).toEqual([]);
      expect(under('held/unverified/', waiting)).toHaveLength(2 * authentic().length);
      await lambda.redeliver();
      const rejected = under('rejected/', await watched.inspect()).length;

      lambda.proxy.fault = () => undefined;
      await lambda.redeliver();
      const settled = await watched.inspect();
      expect(settled.events).toHaveLength(authentic().length);
      expect(under('held/', settled)).toEqual([]);
      expect(under('rejected/', settled)).toHaveLength(rejected + forged().length);
    },
  );

  test.each(FAULTS)('nothing but a store that %s: 503, without a mark', async (_, fault) => {
    lambda.proxy.fault = (call) => (/^(SendMessageBatch|PUT .*)$/.test(call) ? fault : undefined);
    const cut = authentic((body) => body.slice(0, -1));
    expect(await watched.send(authentic())).toEqual(all(authentic(), 503));
    expect(await watched.send(cut)).toEqual(all(cut, 503));
    await lambda.coldStart();
    lambda.proxy.fault = (call) => (/^(GetSecretValue|PUT .*)$/.test(call) ? fault : undefined);
    expect(await watched.send(authentic())).toEqual(all(authentic(), 503));
    expect((await watched.inspect()).events).toEqual([]);
  });

  test.each(FAULTS)('an archive that %s costs nothing, and no mark', async (_, fault) => {
    lambda.proxy.fault = (call) => (call.startsWith('PUT archive') ? fault : undefined);
    expect(await watched.send(authentic())).toEqual(all(authentic(), 202));
    expect((await watched.inspect()).events).toHaveLength(authentic().length);
  });

  test.each(['LIST', 'GET', 'DELETE', 'PUT rejected'])(
    'redelivery that cannot %s says so without a mark',
    async (operation) => {
      await lambda.coldStart();
      lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? denies : undefined);
      await watched.send([...authentic(), ...forged()]);
      for (const fault of [quotes, quotesInXml, babbles]) {
        lambda.proxy.fault = (call) => (call.startsWith(operation) ? fault : undefined);
        const hasEnded = await lambda.redeliver().then(
          () => true,
          () => false,
        );
        // Without a list there is nothing to do: the function fails, for AWS to see.
        expect(hasEnded).toBe(operation !== 'LIST');
        await watched.inspect();
      }
      lambda.proxy.fault = () => undefined;
      await lambda.redeliver();
      expect(under('held/', await watched.inspect())).toEqual([]);
    },
  );
});

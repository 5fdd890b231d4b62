import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { isLoopback } from '../aws/client/client-options';
import { hideNodeWarning } from '../aws/client/hide-node-warning';
import { createMissing } from '../aws/create-missing';
import { labelWorker } from '../aws/label-worker';
import { milestonesWorker, tellRulesOf } from '../aws/milestones';
import { s3StoredObjects } from '../aws/s3/s3-stored-objects';
import { sqsQueues } from '../aws/sqs/sqs-queues';
import {
  atEndpoint,
  hasMilestones,
  LABEL_STORE_QUEUE,
  MILESTONES_QUEUE,
  readServerConfig,
} from '../config/read-config';
import type { Worker } from '../consume/create-worker';
import { LabelrelayError } from '../errors';
import { createInspector } from '../inspector/inspector';
import { observer } from '../inspector/observe';
import { Ring } from '../inspector/ring';
import { passesPrecheck } from '../receive/http/admit';
import { groupCommit } from '../receive/publish/group-commit';
import { createReceiver } from '../receive/receive';
import { createTelemetry } from '../telemetry';
import { environmentSecrets } from './environment-secrets';
import { createHttpServer } from './http-server';
import { localPorts } from './local-ports';
import { nextSteps } from './next-steps';
import { showEvents } from './show-events';
import { startAws, startDynamoDb } from './start-embedded';
import { startRedelivery } from './start-redelivery';
import { startWorker } from './start-worker';

const GRACE_MS = 5_000;
/** Memory for bodies on a laptop. */
const MEMORY_BYTES = 134_217_728;

/** `npm start`: the receiver on loopback, with AWS services of its own unless an endpoint is given. */
async function start(): Promise<void> {
  const given = readServerConfig(process.env);
  const { awsPort, dynamoDbPort } = given.embedded ?? {};
  const [aws, dynamoDb] = await Promise.all([
    awsPort === undefined ? undefined : startAws(awsPort),
    dynamoDbPort === undefined ? undefined : startDynamoDb(dynamoDbPort),
  ]);
  const config = aws ? atEndpoint(given, aws.endpoint, dynamoDb?.endpoint) : given;
  const endpoint = config.endpoint ?? '';
  if (isLoopback(endpoint)) await createMissing(config);

  for (const source of config.exampleSecrets) {
    console.warn(`warning: the secret of source ${source} is the published example`);
  }
  const queues = groupCommit(sqsQueues(config));
  const ring = new Ring();
  const observed = observer(ring, config.sources);
  const ports = {
    secrets: environmentSecrets(config.secrets),
    queues: observed.queues(
      config.pretty ? showEvents(queues, config.routes, console.log) : queues,
    ),
    objects: s3StoredObjects(config),
    telemetry: observed.telemetry(
      createTelemetry(config.stage, (line) => process.stderr.write(`${line}\n`)),
    ),
  };
  const redelivery = startRedelivery(ports, config);
  const receive = observed.receiver(
    createReceiver({ ...ports, objects: redelivery.objects }, config),
  );
  if (hasMilestones(config)) await tellRulesOf(config);
  const startOwn = (queue: string, worker: Worker) =>
    startWorker(config, queue, observed.worker(queue, worker));
  const stopWorkers = [
    ...(config.hasLabelStore ? [startOwn(LABEL_STORE_QUEUE, labelWorker(config))] : []),
    ...(hasMilestones(config)
      ? [startOwn(MILESTONES_QUEUE, milestonesWorker(config, ports.telemetry, observed.queues))]
      : []),
  ];
  let isReady = true;
  let url = '';
  const inspector = createInspector(
    ring,
    localPorts(config, () => url),
  );
  const server = createHttpServer(receive, {
    maxBodyBytes: config.maxBodyBytes,
    memoryBytes: MEMORY_BYTES,
    trustedProxies: 0,
    telemetry: ports.telemetry,
    isReady: () => isReady,
    passesPrecheck: (request) => passesPrecheck(request, config),
    handleOther: inspector.handle,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `expected PORT ${config.port} to be free, got ${cause.code}`;
      reject(new LabelrelayError('unavailable', message, { cause }));
    });
    server.listen(config.port, '127.0.0.1', resolve);
  });

  const stop = () => {
    isReady = false;
    inspector.stop();
    server.close(async () => {
      await Promise.race([redelivery.stop(), setTimeout(GRACE_MS, undefined, { ref: false })]);
      for (const stopWorker of stopWorkers) stopWorker();
      aws?.stop();
      dynamoDb?.stop();
    });
    server.closeIdleConnections();
    // A sender that takes longer than this is disconnected.
    setTimeout(GRACE_MS, undefined, { ref: false }).then(() => server.closeAllConnections());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const lines = [`listening on ${url}`, `aws endpoint ${endpoint}`];
  if (dynamoDb) lines.push(`dynamodb endpoint ${dynamoDb.endpoint}`);
  lines.push(`bucket ${config.bucket}`);
  if (isLoopback(endpoint)) {
    const here = {
      PORT: String(port),
      AWS_PORT: new URL(endpoint).port,
      DYNAMODB_PORT: dynamoDb && new URL(dynamoDb.endpoint).port,
      LABELRELAY_STAGE: config.stage,
    };
    lines.push('', nextSteps(here, process.env), '');
  }
  console.log(lines.join('\n'));
}

hideNodeWarning();
start().catch((error: unknown) => {
  console.error(error instanceof LabelrelayError ? error.message : error);
  process.exit(1);
});

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
import { LabelrelayError } from '../errors';
import { passesPrecheck } from '../receive/http/admit';
import { groupCommit } from '../receive/publish/group-commit';
import { createReceiver } from '../receive/receive';
import { createTelemetry } from '../telemetry';
import { environmentSecrets } from './environment-secrets';
import { createHttpServer } from './http-server';
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
  const ports = {
    secrets: environmentSecrets(config.secrets),
    queues: config.pretty ? showEvents(queues, config.routes, console.log) : queues,
    objects: s3StoredObjects(config),
    telemetry: createTelemetry(config.stage, (line) => process.stderr.write(`${line}\n`)),
  };
  const redelivery = startRedelivery(ports, config);
  const receive = createReceiver({ ...ports, objects: redelivery.objects }, config);
  if (hasMilestones(config)) await tellRulesOf(config);
  const stopWorkers = [
    ...(config.hasLabelStore ? [startWorker(config, LABEL_STORE_QUEUE, labelWorker(config))] : []),
    ...(hasMilestones(config)
      ? [startWorker(config, MILESTONES_QUEUE, milestonesWorker(config, ports.telemetry))]
      : []),
  ];
  let isReady = true;
  const server = createHttpServer(receive, {
    maxBodyBytes: config.maxBodyBytes,
    memoryBytes: MEMORY_BYTES,
    trustedProxies: 0,
    telemetry: ports.telemetry,
    isReady: () => isReady,
    passesPrecheck: (request) => passesPrecheck(request, config),
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
  const lines = [`listening on http://127.0.0.1:${port}`, `aws endpoint ${endpoint}`];
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

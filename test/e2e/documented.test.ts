import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sqsAt } from '../support/aws-clients';
import { Documented } from '../support/documented';
import { eventually } from '../support/eventually';
import { label } from '../support/label';
import { LEGACY_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { deliver, sign } from '../support/send';
import { Shell } from '../support/shell';
import { startReceiver } from '../support/start-receiver';
import { type AwsCli, startAwsCli } from './emulator/start-aws-cli';

const ROOT = join(__dirname, '../..');
const runbook = readdirSync(join(ROOT, 'docs/runbook')).map((name) => `runbook/${name}`);
const docs = new Documented(['deploy.md', 'operations.md', 'serve.md', ...runbook]);

/** `npm run emulate`: its output, and the address of its AWS. */
let emulated: { readonly process: ChildProcess; readonly printed: string; readonly aws: string };
let aws: AwsCli;
let shell: Shell;
let labelbox: LabelboxServer;
let studio: Awaited<ReturnType<typeof startLabelStudioStub>>;

/**
 * Shell functions that send the documented addresses to the emulator. Each command has the permissions of its policy
 * in docs/policies.
 */
const EMULATED = `curl() {
  local arguments=()
  for argument; do
    arguments+=("$(sed -E "s|^https://([a-z0-9]+)\\.execute-api\\.[^/]+|$AWS_ENDPOINT_URL/_aws/execute-api/\\1/\\$default|" <<< "$argument")")
  done
  command curl "\${arguments[@]}"
}
npx() {
  local program=$1
  shift
  case "$program $1" in
    'osls logs' | labelrelay*) local as=operator ;;
    *) local as=deployer ;;
  esac
  # npx itself takes two seconds of CPU.
  case $program in
    labelrelay) program=dist/cli/labelrelay.cjs ;;
    *) program=node_modules/.bin/$program ;;
  esac
  AWS_ACCESS_KEY_ID=$as $program "$@"
}
npm() {
  if [[ "$2" = adopt ]]; then local as=adopter; else local as=$AWS_ACCESS_KEY_ID; fi
  AWS_ACCESS_KEY_ID=$as command npm "$@"
}`;

beforeAll(async () => {
  emulated = await emulate();
  [labelbox, studio] = await Promise.all([startLabelbox(), startLabelStudioStub()]);
  aws = await startAwsCli();
  shell = new Shell(
    {
      PATH: [aws.programs, process.env.PATH].join(':'),
      HOME: process.env.HOME,
      LABEL_STUDIO_URL: studio.url,
      LABEL_STUDIO_API_KEY: LEGACY_TOKEN,
      LABEL_STUDIO_PROJECT: '7',
      LABELBOX_GRAPHQL_URL: labelbox.url,
      LABELBOX_API_KEY: API_KEY,
    },
    ROOT,
  );
  await shell.run(EMULATED);
});
afterAll(async () => {
  labelbox?.stop();
  studio?.stop();
  await shell?.close();
  await aws?.stop();
  if (emulated?.process.pid) process.kill(-emulated.process.pid, 'SIGINT');
});

async function emulate(): Promise<typeof emulated> {
  docs.take('deploy.md', 'npm run emulate');
  const child = spawn('npm', ['run', 'emulate', '--', '--stage', 'prod'], {
    cwd: ROOT,
    detached: true,
  });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    const [, aws] = /^aws endpoint (\S+)$/m.exec(printed) ?? [];
    if (aws && /^secret\(\) {\n.*\n}$/m.test(printed)) return { process: child, printed, aws };
  }
  throw new Error(`expected a deployment, got ${printed}`);
}

/** Runs a command of a page, with the permissions of an operator unless it belongs to another role. */
const paste = (page: string, text: string | RegExp): Promise<string> =>
  shell.run(`AWS_ACCESS_KEY_ID=operator\n${docs.take(page, text)}\nAWS_ACCESS_KEY_ID=emulated`);

/** Sends the first event with the command of the page. @returns the answer */
const sendOne = () => paste('deploy.md', 'curl -sS "$(output WebhookUrlLabelbox)"');

test('without an account: the printed commands lead to a first event', async () => {
  await shell.run(emulated.printed.slice(emulated.printed.indexOf('export')));
  const send = 'AWS_ACCESS_KEY_ID=operator command npx labelrelay send project-created';
  expect(await shell.run(send)).toContain(' 202 ');
  // The exit code is 3: no platform has a webhook yet.
  await expect(shell.run('npx labelrelay doctor --no-probe')).rejects.toThrow(
    /ok +secret labelbox/,
  );
  expect(await shell.run('output WebhookUrlLabelbox')).toBe(await shell.run('echo "$URL"'));
  // From here on the stack's own address is used, as with an account.
  await shell.run('unset LABELRELAY_URL');
  const printed = await paste('deploy.md', 'curl -i "$URL"');
  expect(printed).toMatch(/HTTP\/1.1 202.*"events":1.*labelrelay.label.created/s);
});

test('deploy: the outputs have all addresses', async () => {
  // The packages are installed and bundled already.
  docs.take('deploy.md', 'npm ci');
  expect(await paste('deploy.md', 'get-account-settings')).toBe('1000');
  const told = await paste('deploy.md', 'osls info');
  expect(told).toMatch(/WebhookUrlLabelbox: https:\S+\/webhooks\/labelbox/);
  // An administrator runs this.
  expect(await shell.run(docs.take('deploy.md', 'create-policy'))).toContain('labelrelay-adopter');
  await paste('deploy.md', 'output()');
  expect(await shell.run('output SecretNameLabelbox')).toBe('labelrelay/prod/labelbox');
});

test('connect: each platform gets the address and the secret', async () => {
  const labelboxSecret = await paste('deploy.md', /^secret labelbox\n$/);
  await paste('deploy.md', 'webhooks create labelbox');
  await paste('deploy.md', 'webhooks create label-studio');
  const studioSecret = await shell.run('secret label-studio');
  expect(labelboxSecret).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(labelbox.webhooks).toMatchObject([
    { url: expect.stringMatching(/^https:.*\/webhooks\/labelbox$/), secret: labelboxSecret },
  ]);
  expect(studioSecret).not.toBe(labelboxSecret);
  expect(studio.webhooks).toMatchObject([
    {
      project: 7,
      url: expect.stringMatching(/^https:.*\/webhooks\/label-studio$/),
      headers: { Authorization: `Bearer ${studioSecret}` },
    },
  ]);
});

test('the first event arrives', async () => {
  expect(await sendOne()).toContain('"events":1');
  const received = await paste('deploy.md', 'receive-message');
  expect(received).toContain('labelrelay.label.created');
});

test('watch: the log shows each delivery, and the alarms can be listed', async () => {
  expect(await paste('operations.md', 'osls logs')).toContain('"delivery accepted"');
  expect(await paste('operations.md', 'findOrigin')).toMatch(/lib\/.*\.ts/);
  expect(await paste('operations.md', 'describe-alarms')).not.toContain('held');
  const wrong = `curl -sS "$(output WebhookUrlLabelbox)" -d '{}' -H 'X-Hub-Signature: sha1=00'`;
  expect(await shell.run(wrong)).toContain('"status":401');
  expect(await paste('runbook/refused.md', 'unauthenticated')).toContain('"source":"labelbox"');
  expect(await paste('runbook/unexpected-error.md', 'error')).toBe('');
  // Comparisons with the platform are off in this deployment.
  const group = '--log-group-name /aws/lambda/labelrelay-$STAGE-reconcile';
  await shell.run(`aws logs create-log-group ${group}`);
  expect(await paste('runbook/function-errors.md', 'OutOfMemory')).toBe('');
  await shell.run(`aws logs delete-log-group ${group}`);
  expect(await paste('runbook/normalize-failed.md', 'NormalizeFailed')).toBe('');
  expect(await paste('runbook/archive-failed.md', 'ArchiveFailed')).toBe('');
  const noJson = `curl -sS "$(output WebhookUrlLabelbox)" -d 'no JSON' \\
    -H "X-Hub-Signature: sha1=$(printf 'no JSON' | openssl dgst -sha1 -hmac "$(secret labelbox)" -r | cut -d ' ' -f 1)"`;
  expect(await shell.run(noJson)).toMatch(/"status":4(00|15)/);
  expect(await paste('runbook/undecodable.md', 'undecodable')).toContain('labelbox');
});

test('a dead letter is read and sent back', async () => {
  const sqs = sqsAt(emulated.aws);
  const QueueUrl = await shell.run('output QueueUrlLabelDashcreated');
  /** A worker that fails. @returns whether there was a message */
  const fail = async (): Promise<boolean> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    for (const { ReceiptHandle } of Messages) {
      const back = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      await sqs.send(new ChangeMessageVisibilityCommand(back));
    }
    return Messages.length > 0;
  };
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  await sendOne();
  for (let tries = 1; tries <= 5; tries++) expect(await fail()).toBe(true);
  expect(await fail()).toBe(false);
  const letter = await paste('runbook/dead-letters.md', 'dlq show');
  expect(letter).toMatch(/label-created +1 +0 +1x every try failed/);
  expect(letter).toContain('"type": "labelrelay.label.created"');
  await paste('runbook/backlog.md', 'messages wait');
  const moved = await paste('runbook/dead-letters.md', 'dlq redrive');
  expect(moved).toMatch(/label-created +1 +1$/);
  expect(await fail()).toBe(true);
});

test('deleted queues are recreated with the commands of the doctor', async () => {
  const url = await shell.run('output QueueUrlProjectDashcreated');
  for (const name of [url, `${url}-dlq`]) {
    await shell.run(`aws sqs delete-queue --queue-url ${name}`);
  }
  const examine = `npx labelrelay doctor --stage $STAGE --no-probe --url "$URL" || true`;
  const found = await shell.run(examine);
  const fixes = [...found.matchAll(/^ +do: (aws sqs create-queue .*)$/gm)];
  expect(fixes).toHaveLength(2);
  for (const [, fix = ''] of fixes) await shell.run(fix);
  expect(await shell.run(examine)).toMatch(/^ok +queues: /m);
});

test('held deliveries are listed and tried at once, and parked ones are moved back', async () => {
  const list = () => paste('operations.md', 'held list');
  expect(await list()).toContain('nothing is held');
  await shell.run('aws sqs delete-queue --queue-url "$(output QueueUrlLabelDashcreated)"');
  expect(await sendOne()).toContain('"held":true');
  expect(await list()).toMatch(/^waits +labelbox /m);
  // The exit code is 3: not everything was delivered.
  await expect(paste('operations.md', 'redeliver --all')).rejects.toThrow(/ waits$/m);
  const waits = () => paste('runbook/held.md', 'delivery waits');
  // The log is written in the background.
  expect(await eventually(waits, Boolean)).toContain('refusals from: label-created');
  expect(await paste('runbook/held.md', 'osls logs')).toContain('held delivery waits');

  const held = '"s3://$(output BucketName)/held';
  await shell.run(`aws s3 mv --recursive ${held}/verified/" ${held}/parked/verified/"`);
  expect(await list()).toMatch(/^parked +labelbox /m);
  await shell.run('aws sqs create-queue --queue-name labelrelay-$STAGE-label-created');
  expect(await paste('operations.md', 'redeliver --parked')).toMatch(/ delivered$/);
  expect(await paste('operations.md', 'redeliver --all')).toContain('nothing is held');
  expect(await paste('deploy.md', 'receive-message')).toContain('labelrelay.label.created');
});

test('a delivery that can be neither sent nor held is in the log', async () => {
  const role = `ROLE=$(aws iam list-roles --output text \
    --query "Roles[?contains(RoleName, 'prod-ReceiveRole')].RoleName")`;
  const put = (policy: string) =>
    shell.run(
      `aws iam put-role-policy --role-name $ROLE --policy-name receive --policy-document "${policy}"`,
    );
  await shell.run(`${role}; POLICY=$(aws iam get-role-policy --role-name $ROLE --policy-name receive \
    --query PolicyDocument)`);
  await put('$(sed "s/SendMessage/Nothing/; s/PutObject/Nothing/" <<< "$POLICY")');
  expect(await sendOne()).toContain('"status":503');
  await put('$POLICY');
  expect(await paste('runbook/unavailable.md', 'unavailable')).toContain('AccessDenied');
  expect(await sendOne()).toContain('"events":1');
  await paste('runbook/api-5xx.md', 'http-api');
  await paste('runbook/too-large.md', 'http-api');
  expect(await paste('runbook/gateway-refused.md', 'http-api')).toBe('');
});

test('rotate: a new secret becomes current, and the old one can be removed', async () => {
  const old = await shell.run('secret labelbox');
  await paste('operations.md', 'put-secret-value');
  expect(await shell.run('secret labelbox')).not.toBe(old);
  expect(await paste('operations.md', 'Verified.previous')).toContain('"Label"');
  await paste('operations.md', 'update-secret-version-stage');
  const versions = await shell.run(
    'aws secretsmanager list-secret-version-ids --secret-id labelrelay/$STAGE/labelbox --include-deprecated',
  );
  expect(versions).toContain('AWSCURRENT');
  expect(versions).not.toContain('AWSPREVIOUS');
});

test('a server beside the functions gets their settings and behaves like them', async () => {
  // There is no Docker here, so the command of the image is started directly.
  docs.take('serve.md', 'docker build');
  const pasteAll = (text: string) => shell.run(docs.take('serve.md', text));
  await shell.run('npx osls deploy --stage $STAGE --region $AWS_REGION --param server=true');
  // The reader sets these variables.
  await shell.run(`IMAGE=labelrelay EXECUTION_ROLE_ARN=arn:aws:iam::000000000000:role/execution
    CLUSTER=main VPC=vpc-1 SUBNETS=subnet-1,subnet-2 SECURITY_GROUP=sg-1
    aws ecs create-cluster --cluster-name main
    BALANCER=$(aws elbv2 create-load-balancer --name main --subnets subnet-1 subnet-2 \
      --query LoadBalancers[0].LoadBalancerArn --output text)
    LISTENER_ARN=$(aws elbv2 create-listener --load-balancer-arn $BALANCER --protocol HTTPS --port 443 \
      --default-actions Type=fixed-response,FixedResponseConfig={StatusCode=404} \
      --query Listeners[0].ListenerArn --output text)`);
  expect(JSON.parse(await pasteAll('Environment.Variables\n'))).toMatchObject({
    LABELRELAY_STAGE: 'prod',
  });
  await pasteAll('create-log-group');
  await pasteAll('create-target-group');
  await pasteAll('environment()');
  await pasteAll('register-task-definition');
  await pasteAll('create-service');

  const { taskDefinition } = JSON.parse(
    await shell.run('aws ecs describe-task-definition --task-definition labelrelay-$STAGE'),
  );
  const [{ environment, logConfiguration }] = taskDefinition.containerDefinitions;
  expect(await shell.run('aws logs describe-log-groups --log-group-name-prefix /ecs/')).toContain(
    `"${logConfiguration.options['awslogs-group']}"`,
  );
  expect(taskDefinition.taskRoleArn).toMatch(/^arn:aws:iam::\d{12}:role\//);
  const { services } = JSON.parse(
    await shell.run('aws ecs describe-services --cluster main --services labelrelay-$STAGE'),
  );
  const { TargetGroups } = JSON.parse(await shell.run('aws elbv2 describe-target-groups'));
  expect(TargetGroups).toMatchObject([{ TargetType: 'ip', Port: 3000, HealthCheckPath: '/ready' }]);
  expect(services[0].loadBalancers[0].targetGroupArn).toBe(TargetGroups[0].TargetGroupArn);

  const server = await startReceiver(emulated.aws, {
    ...Object.fromEntries(
      environment.map(({ name, value }: Record<string, string>) => [name, value]),
    ),
    LABELRELAY_DRAIN_SECONDS: '0',
    // These replace the role of the task.
    AWS_ACCESS_KEY_ID: 'emulated',
    AWS_SECRET_ACCESS_KEY: 'emulated',
  });
  const body = label({ id: 'by-the-server' });
  const signature = {
    'x-hub-signature': sign(JSON.stringify(body), await shell.run('secret labelbox')),
  };
  const answer = await deliver(server.url, body, signature);
  expect([answer.status, answer.json]).toMatchObject([202, { events: 1 }]);
  await server.stop();
  expect(server.output().stdout).not.toContain('variables are not set');
  // Only the settings of the deployment name the queue of the label store.
  const labels = () => shell.run('aws dynamodb scan --table-name labelrelay-prod-label-store');
  expect(await eventually(labels, (all) => all.includes('label/by-the-server'))).toContain(
    'label/by-the-server',
  );
});

test('a leaked secret is replaced at once, and so is an API key', async () => {
  const old = await shell.run('secret labelbox');
  await paste('runbook/secret-leaked.md', 'rotate labelbox --revoke-now');
  const now = await shell.run('secret labelbox');
  expect(now).not.toBe(old);
  expect(labelbox.webhooks.at(-1)).toMatchObject({ secret: now, status: 'ACTIVE' });
  // The exit code is 3: the probe cannot reach the address of the webhook from here.
  await expect(paste('runbook/secret-leaked.md', 'doctor')).rejects.toThrow(/webhooks labelbox/);
  expect(await sendOne()).toContain('"events":1');
  await paste('runbook/secret-leaked.md', 'http-api');
  await shell.run(
    'aws secretsmanager create-secret --name labelrelay/$STAGE/api-keys/labelbox --secret-string old',
  );
  await paste('runbook/secret-leaked.md', 'put-secret-value');
  expect(await shell.run('secret api-keys/labelbox')).toBe(API_KEY);
  await shell.run(
    'aws secretsmanager delete-secret --secret-id labelrelay/$STAGE/api-keys/labelbox --force-delete-without-recovery',
  );
});

test('the log of comparisons with the platform is read, and their API key is replaced', async () => {
  // They are off in this deployment.
  const group = '--log-group-name /aws/lambda/labelrelay-$STAGE-reconcile';
  const events = JSON.stringify([{ timestamp: Date.now(), message: '{"recovered": 5}' }]);
  await shell.run(`aws logs create-log-group ${group}
    aws logs create-log-stream ${group} --log-stream-name one
    aws logs put-log-events ${group} --log-stream-name one --log-events '${events}'`);
  expect(await paste('runbook/reconcile-late.md', 'filter-log-events')).toContain('"recovered": 5');
  expect(await paste('runbook/recovered.md', 'filter-log-events')).toContain('"recovered": 5');
  await shell.run(`aws logs delete-log-group ${group}`);
  const secret = 'labelrelay/$STAGE/api-keys/label-studio';
  await shell.run(`aws secretsmanager create-secret --name ${secret} --secret-string old`);
  await paste('runbook/reconcile-late.md', 'put-secret-value');
  expect(await shell.run('secret api-keys/label-studio')).toBe(LEGACY_TOKEN);
  await shell.run(
    `aws secretsmanager delete-secret --secret-id ${secret} --force-delete-without-recovery`,
  );
});

const remove = () => shell.run(docs.take('deploy.md', /^npx osls remove .*AWS_REGION\n$/));

test('tear down: the next deployment takes over the retained resources unchanged', async () => {
  const secret = await shell.run('secret labelbox');
  const QueueUrl = await shell.run('output QueueUrlLabelDashcreated');
  const readQueue = async () => {
    const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes = {} } = await sqsAt(emulated.aws).send(all);
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    const messages =
      Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
    return { messages, RedrivePolicy: Attributes.RedrivePolicy };
  };
  const before = await readQueue();
  await remove();
  expect(await shell.run('aws sqs list-queues')).toContain('labelrelay-prod-label-created');

  const adopted = await paste('deploy.md', 'npm run adopt');
  expect(adopted).toContain('AWS::SecretsManager::Secret labelrelay/prod/labelbox');
  expect(await shell.run('secret labelbox')).toBe(secret);
  const after = await readQueue();
  expect(before.messages).toBeGreaterThan(0);
  expect(after.messages).toBe(before.messages);
  // The queue was recreated by hand without this policy. After the import, the template's settings apply again.
  expect(before.RedrivePolicy).toBeUndefined();
  expect(after.RedrivePolicy).toContain('label-created-dlq');
  expect(await sendOne()).toContain('"events":1');
});

test('a part that was removed from the stack and comes back is imported into it', async () => {
  const config = join(ROOT, 'serverless.without.yml');
  const whole = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');
  const changed = whole
    .replace('labelStore: true', 'labelStore: false')
    .replace('maxBodyBytes: 4194304', 'maxBodyBytes: 1000')
    .replace('    labelbox: labelbox\n', '$&    team-b: label-studio\n');
  writeFileSync(config, changed);
  await shell
    .run('npx osls deploy --stage $STAGE --region $AWS_REGION --config serverless.without.yml')
    .finally(() => rmSync(config));
  // The function has the new settings and the new source at once.
  const status = (...options: string[]) =>
    shell.run(`curl -sS -o /dev/null -w '%{http_code}' ${options.join(' ')}`);
  const second = '"$(output WebhookUrlTeamDashb)"';
  const project = `-d '{"action":"PROJECT_CREATED","project":{"id":7}}'`;
  expect(await status(second, project)).toBe('401');
  const bearer = '-H "Authorization: Bearer $(secret team-b)"';
  expect(await status(second, project, bearer)).toBe('202');
  expect(await status(second, `-d '${'x'.repeat(1_001)}'`, bearer)).toBe('413');
  await shell.run(
    'aws secretsmanager delete-secret --secret-id labelrelay/$STAGE/team-b --force-delete-without-recovery',
  );
  const deployAgain = docs.take('deploy.md', 'osls info');
  // The error comes before any change, and names the fix.
  const refused = await shell.run(deployAgain).catch((error: Error) => error.message);
  expect(refused).toContain('AWS::DynamoDB::Table labelrelay-prod-label-store');
  const [adopt = ''] = /^ *npm run adopt -- --stage prod --region us-east-1$/m.exec(refused) ?? [];
  const adopted = await shell.run(adopt);
  expect(adopted).toContain('AWS::DynamoDB::Table labelrelay-prod-label-store');
  expect(adopted).not.toContain('label-created');
});

test('tear down: nothing is left if that is requested', async () => {
  await paste('deploy.md', 'retain=false');
  for (const list of ['s3 ls', 'sqs list-queues', 'dynamodb list-tables --query TableNames[]']) {
    expect([list, await shell.run(`aws ${list} --output text`)]).toEqual([list, '']);
  }
  const secrets = 'aws secretsmanager list-secrets --query SecretList[] --output text';
  expect(await shell.run(secrets)).toBe('');
});

test('every command of these pages was run', () => {
  expect(docs.left).toEqual([]);
});

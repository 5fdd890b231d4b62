import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { secretsManagerAt } from '../../support/aws-clients';
import { serviceFolder } from '../../support/service-folder';

/** A deployed stack, by its outputs. */
export interface Stack {
  readonly outputs: ReadonlyMap<string, string>;
  /** The address at which the emulator serves the API. */
  readonly url: string;
}

/** Writes a changed serverless.yml. @returns its name, for `--config` */
export function changedConfig(change: (text: string) => string): string {
  const name = 'serverless.changed.yml';
  const path = join(serviceFolder(), 'serverless.yml');
  writeFileSync(join(serviceFolder(), name), change(readFileSync(path, 'utf8')));
  return name;
}

/** `npx osls …` on an emulated AWS. @throws an error with its output */
export async function osls(endpoint: string, ...options: string[]): Promise<string> {
  const running = promisify(execFile)('node_modules/.bin/osls', options, {
    cwd: serviceFolder(),
    timeout: 120_000,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ENDPOINT_URL: endpoint,
      // The emulator allows what the policy of this name allows, and nothing else.
      AWS_ACCESS_KEY_ID: 'deployer',
      AWS_SECRET_ACCESS_KEY: 'emulated',
    },
  });
  return running.then(
    ({ stdout }) => stdout,
    (error: Error & { stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
    },
  );
}

export async function readStack(endpoint: string, stage: string): Promise<Stack> {
  const text = await query(endpoint, 'cloudformation', {
    Action: 'DescribeStacks',
    StackName: `labelrelay-${stage}`,
  });
  const outputs = new Map(
    [...text.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs)].map(
      ([, key = '', value = '']) => [key, value],
    ),
  );
  return { outputs, url: `${endpoint}/_aws/execute-api/${outputs.get('HttpApiId')}/$default` };
}

/** @param source the source as the names of outputs contain it */
export async function readSecret(endpoint: string, stack: Stack, source: string): Promise<string> {
  const SecretId = stack.outputs.get(`SecretName${source}`);
  const read = new GetSecretValueCommand({ SecretId });
  return (await secretsManagerAt(endpoint).send(read)).SecretString ?? '';
}

/** A call in the query protocol, which needs no client. @throws unless the answer is 2xx */
export async function query(
  endpoint: string,
  service: string,
  parameters: Record<string, string>,
): Promise<string> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=tests/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams(parameters),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`${parameters.Action}: expected 2xx, got ${answer.status} ${text}`);
  return text;
}

/** Runs a function and waits for it. @throws if it fails */
export async function invoke(endpoint: string, name: string, event: object): Promise<void> {
  const answer = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  if (!answer.ok || answer.headers.has('x-amz-function-error')) {
    throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  }
}

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { hideNodeWarning } from '../../../lib/aws/client/hide-node-warning';
import { osls, readSecret, readStack } from './stack';
import { startAws } from './start-aws';

/** `npm run emulate [-- --stage dev --param tap=true]`: a deployment on an emulated AWS, until it is stopped. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: 'dev' },
      param: { type: 'string', multiple: true, default: [] },
    },
  });
  const { stage, param } = values;
  const aws = await startAws();
  try {
    process.stdout.write(
      `aws endpoint ${aws.endpoint}\ndeploying, which takes half a minute, and longer where Node.js 24 has to be downloaded\n`,
    );
    const params = param.flatMap((each) => ['--param', each]);
    await osls(aws.endpoint, 'deploy', '--stage', stage, ...params);
    const stack = await readStack(aws.endpoint, stage);
    const secret = await readSecret(aws.endpoint, stack, 'Labelbox');
    process.stdout.write(`deployed; in another terminal:

export STAGE=${stage} LABELRELAY_STAGE=${stage} LABELRELAY_URL='${stack.url}'
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL=${aws.endpoint}
export AWS_ACCESS_KEY_ID=emulated AWS_SECRET_ACCESS_KEY=emulated
export URL='${stack.url}/webhooks/labelbox' SECRET=${secret}
# Version 1 of the AWS command line reads no address of SQS from the environment.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
output() {
  aws cloudformation describe-stacks --stack-name labelrelay-$STAGE --output text \\
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" | sed "s|^https://[^/]*|$LABELRELAY_URL|"
}
secret() {
  aws secretsmanager get-secret-value --secret-id labelrelay/$STAGE/$1 --output text --query SecretString
}
# After a change of serverless.yml or of code, deploy again:
#   npm run bundle && npx osls deploy --stage $STAGE --region $AWS_REGION${params.map((each) => ` ${each}`).join('')}

`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await aws.stop();
  }
}

hideNodeWarning();
run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

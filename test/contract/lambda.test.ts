import { startLambda } from '../support/faces';
import { conformanceContract } from './conformance.contract';
import { labelStudioContract } from './label-studio.contract';
import { receiverContract } from './receiver.contract';

receiverContract('the packaged Lambda function', () => startLambda());
labelStudioContract('the packaged Lambda function', () => startLambda());
conformanceContract('the packaged Lambda function', startLambda, async (lambda) => {
  await lambda.coldStart();
  return lambda;
});

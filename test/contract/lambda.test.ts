import { startLambda } from '../support/faces';
import { labelStudioContract } from './label-studio.contract';
import { receiverContract } from './receiver.contract';

receiverContract('the packaged Lambda function', () => startLambda());
labelStudioContract('the packaged Lambda function', () => startLambda());

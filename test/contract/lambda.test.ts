import { startLambda } from '../support/faces';
import { receiverContract } from './receiver.contract';

receiverContract('the packaged Lambda function', () => startLambda());

import { startServer } from '../support/faces';
import { labelStudioContract } from './label-studio.contract';
import { receiverContract } from './receiver.contract';

receiverContract('the Node server', () => startServer());
labelStudioContract('the Node server', () => startServer());

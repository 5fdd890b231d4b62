import { startServer } from '../support/faces';
import { receiverContract } from './receiver.contract';

receiverContract('the Node server', () => startServer());

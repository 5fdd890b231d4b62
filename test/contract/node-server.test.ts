import { startServe, startServer } from '../support/faces';
import { conformanceContract } from './conformance.contract';
import { labelStudioContract } from './label-studio.contract';
import { receiverContract } from './receiver.contract';

receiverContract('the Node server', () => startServer(), { hasPage: true });
labelStudioContract('the Node server', () => startServer());
conformanceContract('the Node server', startServer, ({ aws }) =>
  startServer({ AWS_ENDPOINT_URL: aws }),
);
receiverContract('the production server', () => startServe());
labelStudioContract('the production server', () => startServe());

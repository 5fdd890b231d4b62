import { makeWorkerEvents } from '../deliveries/make-worker-events';
import { serve } from './serve';

// The minimum work of a worker with a message.
const bodies = makeWorkerEvents();

serve(() => () => {
  for (const body of bodies) JSON.parse(body);
});

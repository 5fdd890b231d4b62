import { makeWorkerEvents } from '../deliveries/make-worker-events';
import { serve } from './serve';

// What a worker would do with a message at the very least.
const bodies = makeWorkerEvents();

serve(() => () => {
  for (const body of bodies) JSON.parse(body);
});

import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import { memoryValues } from '../../lib/consume/memory-values';
import { makeWorkerEvents } from '../deliveries/make-worker-events';
import { serve } from './serve';

// The worker kit, with a handler that does nothing.
const bodies = makeWorkerEvents();

serve(() => async () => {
  for (const body of bodies) {
    // Every event is new to the store.
    const work = createWorker<{ n: number }>(
      { 'label.updated': () => ({ n: 1 }) },
      { guard: keepNewest(memoryValues<{ n: number }>()) },
    );
    await work(body);
  }
});

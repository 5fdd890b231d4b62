import type { GatewayEvent } from '../deliveries/to-event';
import { loadHandler } from './load-handler';
import { readJson } from './read-json';
import { serve } from './serve';

// A packaged receive function.
const deliver = loadHandler(process.argv[2] ?? '');

serve((file) => {
  const event = readJson<GatewayEvent>(file);
  return () => deliver(event);
});

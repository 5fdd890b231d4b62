import { defaultRoutes, queuesOf } from '../lib/events/queues';
import { queueResources } from './queues';
import { roleResources } from './roles';
import { secretResources } from './secrets';
import { type Framework, type Resources, readSettings } from './settings';
import { storageResources } from './storage';

/** Every resource beside those that the framework makes of `functions`. */
export async function resources(framework: Framework): Promise<{ Resources: Resources }> {
  const settings = await readSettings(framework);
  const queues = queuesOf(defaultRoutes);
  const sources = Object.keys(settings.sources);
  return {
    Resources: {
      ...queueResources(queues, settings),
      ...secretResources(sources, settings),
      ...storageResources(),
      ...roleResources(queues, sources),
    },
  };
}

/** The sources as the functions read them from their environment. */
export async function sources(framework: Framework): Promise<string> {
  const settings = await readSettings(framework);
  return Object.entries(settings.sources)
    .map(([name, platform]) => `${name}:${platform}`)
    .join(',');
}

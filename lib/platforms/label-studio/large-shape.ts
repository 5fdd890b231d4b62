import { asText } from '../../json/read';
import type { LargeShape } from '../platform';
import { knownAction } from './actions';

/** Imports can have long lists of tasks, and annotations long lists of results. */
export const largeShape: LargeShape = {
  isLongList: (path) => /^(tasks|annotations?\/result)$/.test(path.join('/')),
  isLongObject: () => false,
  isJsonText: () => false,
  isEventList: ([name], body) =>
    name === 'tasks' && knownAction(asText(body.action))?.about === 'task',
  // The name of a member can contain escapes.
  mayHaveSecrets: (json) => /token|task_data_|label_config_hash|\\u00/.test(json),
};

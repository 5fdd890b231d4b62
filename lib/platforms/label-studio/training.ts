import type { TrainingEndpoints } from '../platform';

/**
 * As much of an ML backend as Label Studio needs to see before it sends START_TRAINING. The body of
 * `setup` carries a user's API token, so no body but the webhook's is looked at.
 *
 * @see https://github.com/HumanSignal/label-studio-ml-backend
 */
export const training: TrainingEndpoints = {
  health: { method: 'GET', answer: () => ({ status: 'UP' }) },
  setup: { method: 'POST', answer: () => ({ model_version: 'labelrelay' }) },
  predict: { method: 'POST', answer: () => ({ results: [] }) },
  webhook: { method: 'POST', answer: 'accept' },
};

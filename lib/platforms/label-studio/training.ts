import type { TrainingEndpoints } from '../platform';

/**
 * The part of an ML backend that Label Studio checks before it sends START_TRAINING. The body of `setup` contains a
 * user's API token, so only the body of the webhook is read.
 *
 * @see https://github.com/HumanSignal/label-studio-ml-backend
 */
export const training: TrainingEndpoints = {
  health: { method: 'GET', answer: () => ({ status: 'UP' }) },
  setup: { method: 'POST', answer: () => ({ model_version: 'labelrelay' }) },
  predict: { method: 'POST', answer: () => ({ results: [] }) },
  webhook: { method: 'POST', answer: 'accept' },
};

import type { TrainingEndpoints } from '../platform';

/**
 * Labelbox asks for the models that can be trained, as an object whose keys are their names, and reports when a user
 * starts one. It signs the request for models over its empty body.
 *
 * @see https://docs.labelbox.com/reference/model-training-service-api-integration
 */
export const training: TrainingEndpoints = {
  models: {
    method: 'GET',
    answer: (models) => Object.fromEntries(models.map((model) => [model, {}])),
  },
  model_run: { method: 'POST', answer: 'accept' },
};

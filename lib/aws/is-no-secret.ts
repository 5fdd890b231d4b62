/** No such secret or version, or one that is about to be deleted: an answer, not a failure. */
export const isNoSecret = (error: unknown): boolean =>
  error instanceof Error && /^(ResourceNotFound|InvalidRequest)Exception$/.test(error.name);

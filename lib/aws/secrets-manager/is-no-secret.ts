/** Whether an error says that the secret or version does not exist, or is scheduled for deletion. */
export const isNoSecret = (error: unknown): boolean =>
  error instanceof Error && /^(ResourceNotFound|InvalidRequest)Exception$/.test(error.name);

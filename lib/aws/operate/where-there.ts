/** The answer of SQS; undefined if there is no such queue. */
export const whereThere = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Error && /NonExistentQueue|QueueDoesNotExist/.test(error.name))
      return undefined;
    throw error;
  });

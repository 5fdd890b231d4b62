import * as z from 'zod';

/** So no work of an annotator is dropped. */
export const others = z
  .record(z.string(), z.unknown())
  .describe("Members that are not understood, as they were received, by the platform's names.")
  .optional();

import { z } from 'zod';

/**
 * Members that are not understood, by the names that the platform gives them and as they were received:
 * nothing that an annotator made is dropped.
 */
export const others = z.record(z.string(), z.unknown()).optional();

import { z } from 'zod';
import { annotation, relationship } from './annotation';
import { classification } from './classification';

/** RFC 3339 in UTC. */
export const time = z.iso.datetime().meta({ id: 'Time' });

export const person = z
  .object({ id: z.string().optional(), email: z.string().optional() })
  .meta({ id: 'Person' });
export const named = z
  .object({ id: z.string().optional(), name: z.string().optional() })
  .meta({ id: 'Named' });

export const dataRow = z
  .object({
    id: z.string().optional(),
    externalId: z.string().optional(),
    globalKey: z.string().optional(),
    /** A URL or the customer's own data, as the platform gives it. */
    content: z.unknown().optional(),
  })
  .meta({ id: 'DataRow' });

/** What one person made of one data row. */
export const label = z
  .object({
    id: z.string().optional(),
    createdAt: time.optional(),
    updatedAt: time.optional(),
    deleted: z.boolean().optional(),
    skipped: z.boolean().optional(),
    secondsToLabel: z.number().optional(),
    createdBy: person.optional(),
    agreement: z.number().optional(),
    benchmarkAgreement: z.number().optional(),
    groundTruth: z.boolean().optional(),
    framesUri: z.string().optional(),
    annotations: z.array(annotation).optional(),
    classifications: z.array(classification).optional(),
    relationships: z.array(relationship).optional(),
  })
  .meta({ id: 'Label' });
export type Label = z.infer<typeof label>;

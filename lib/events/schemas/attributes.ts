import { z } from 'zod';
import { topics } from '../topics';
import { time } from './label';

/** `labelrelay.<topic>` */
const type = z.templateLiteral(['labelrelay.', z.enum(topics)]);

/**
 * The attributes of an event, in the order in which they are written.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const attributes = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).describe('The same for the same event however often it is delivered.'),
  source: z
    .string()
    .regex(/^\/[a-z0-9-]{1,32}$/)
    .describe('`/<source>`'),
  type,
  subject: z.string().optional().describe('What is ordered.'),
  time: time.describe('When it happened by the clock of the platform, else when it was received.'),
  sequence: z
    .string()
    .regex(
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\/)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z-[012]$/,
    )
    .optional()
    .describe(
      'Orders the events of one source and subject: compare sequence, then id, as strings.',
    ),
  recordedtime: time.describe('When it was received, or found where it is recovered.'),
  recovered: z
    .literal(true)
    .optional()
    .describe('The platform never sent it: it was found by comparing what is there.'),
  partitionkey: z.string().describe('`<source>/<project id>`, or `<source>`.'),
  deliveryid: z.string().optional().describe("The platform's own id of the delivery: untrusted."),
  traceparent: z
    .string()
    .optional()
    .describe('The W3C trace that the delivery belongs to, where there is one: untrusted.'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
});
export type Attributes = z.infer<typeof attributes>;

/** @see https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/dataref.md */
export const claimCheck = z.object({
  dataref: z
    .string()
    .regex(/^s3:\/\//)
    .describe('Where `data` is kept when it is large.'),
  datadigest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .describe('The digest of those bytes.'),
});
export type ClaimCheck = z.infer<typeof claimCheck>;

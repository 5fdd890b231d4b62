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
  id: z.string().min(1).describe('The id of the event, which is the same in repeated deliveries.'),
  source: z
    .string()
    .regex(/^\/[a-z0-9-]{1,32}$/)
    .describe('`/<source>`'),
  type,
  subject: z.string().optional().describe('The object whose events `sequence` orders.'),
  time: time.describe("The time of the change by the platform's clock, or else of the receipt."),
  sequence: z
    .string()
    .regex(
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\/)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z-[012]$/,
    )
    .optional()
    .describe(
      'Orders the events of one source and subject: compare sequence, then id, as strings.',
    ),
  recordedtime: time.describe('The time of the receipt, or of the recovery.'),
  recovered: z
    .literal(true)
    .optional()
    .describe(
      'True if the platform did not send the event, but a comparison with it found the change.',
    ),
  partitionkey: z.string().describe('`<source>/<project id>`, or `<source>`.'),
  deliveryid: z
    .string()
    .optional()
    .describe("The platform's own id of the delivery. It is not trusted."),
  traceparent: z
    .string()
    .optional()
    .describe('The W3C trace context of the delivery, if there is one. It is not trusted.'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
});
export type Attributes = z.infer<typeof attributes>;

/** @see https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/dataref.md */
export const claimCheck = z.object({
  dataref: z
    .string()
    .regex(/^s3:\/\//)
    .describe('The address of `data` if it is too large for the message.'),
  datadigest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .describe('The digest of the bytes at `dataref`.'),
});
export type ClaimCheck = z.infer<typeof claimCheck>;

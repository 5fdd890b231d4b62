import * as z from 'zod';
import { topics } from '../topics';
import { time } from './label';

const type = z
  .templateLiteral(['labelrelay.', z.enum(topics)])
  .describe('The topic: `labelrelay.<topic>`.');

/**
 * The attributes of an event, in the order in which they are written.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const attributes = z
  .object({
    specversion: z.literal('1.0').describe('The version of CloudEvents.'),
    id: z
      .string()
      .min(1)
      .describe('The id of the event, which is the same in repeated deliveries.'),
    source: z
      .string()
      .regex(/^\/[a-z0-9-]{1,32}$/)
      .describe('The configured source of the delivery, after a slash.'),
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
    partitionkey: z
      .string()
      .describe('The project: `<source>/<project id>`, or `<source>` without one.'),
    deliveryid: z
      .string()
      .optional()
      .describe("The platform's own id of the delivery. It is not trusted."),
    traceparent: z
      .string()
      .optional()
      .describe('The W3C trace context of the delivery, if there is one. It is not trusted.'),
    datacontenttype: z.literal('application/json').describe('The media type of `data`.'),
    dataschema: z.string().describe('The `$id` of the JSON Schema of `data`.'),
  })
  .meta({
    description: 'The members of an event beside its `data`.',
    examples: [
      {
        specversion: '1.0',
        id: '193b32280b92d03a445ba44232030e9a',
        source: '/label-studio',
        type: 'labelrelay.label.created',
        subject: 'label/9',
        time: '2026-01-01T12:00:00Z',
        sequence: '2026-01-01T12:00:00.000000Z/2026-01-01T12:00:00.000000Z-0',
        recordedtime: '2026-01-01T12:00:01.000Z',
        partitionkey: 'label-studio/42',
        datacontenttype: 'application/json',
        dataschema: 'urn:labelrelay:schema:labelrelay.label.created:1',
      },
    ],
  });

/** @see https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/dataref.md */
export const claimCheck = z
  .object({
    dataref: z
      .string()
      .regex(/^s3:\/\//)
      .describe('The address of `data` if it is too large for the message.'),
    datadigest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .describe('The digest of the bytes at `dataref`.'),
  })
  .meta({
    description: 'The members of an event whose `data` is in S3, in the place of `data`.',
    examples: [
      {
        dataref: 's3://labelrelay-prod/data/2026/01/01/a',
        datadigest: `sha256:${'0a'.repeat(32)}`,
      },
    ],
  });

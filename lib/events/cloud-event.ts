import type { Topic } from './topics';

/**
 * The attributes of an event, in the order in which they are written.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface Attributes {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: EventType;
  readonly subject?: string;
  readonly time: string;
  readonly sequence?: string;
  readonly recordedtime: string;
  readonly partitionkey: string;
  readonly deliveryid?: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
}

export type EventType = `labelrelay.${Topic}`;

/** @see https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/dataref.md */
export interface ClaimCheck {
  readonly dataref: string;
  readonly datadigest: string;
}

export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json';
export const DEFAULT_SCHEMA_BASE = 'urn:labelrelay:schema:';

export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json';
export const DEFAULT_SCHEMA_BASE = 'urn:labelrelay:schema:';

/** The version of the form of events, at the end of `dataschema`. */
export const SCHEMA_VERSION = 1;

/** The URI of the schema of an event's data. */
export const schemaOf = (type: string, base: string = DEFAULT_SCHEMA_BASE): string =>
  `${base}${type}:${SCHEMA_VERSION}`;

import type { Topic } from '../events/topics';

/** The attributes of an event that a list shows. */
export interface EventHead {
  readonly id: string;
  readonly source: string;
  readonly topic: string;
  readonly subject?: string;
  readonly sequence?: string;
  readonly time?: string;
  readonly recordedtime?: string;
  readonly recovered?: boolean;
  /** The address of the data, if it does not travel with the event. */
  readonly dataref?: string;
  /** The platform's own name of the event. */
  readonly event?: string;
}

/** `data` is the last member of a message, and begins with the platform and its event. */
const DATA = ',"data":{';
const EVENT = /"event":("(?:[^"\\]|\\.)*")/;
/** The first members of `data` that are searched for the name of the event. */
const SEARCHED = 300;

/**
 * Reads the attributes of an event without its data, which may be large.
 *
 * @returns undefined if the text is no event of ours
 */
export function readHead(message: string): EventHead | undefined {
  const at = message.indexOf(DATA);
  const attributes = parse(at < 0 ? message : `${message.slice(0, at)}}`);
  if (!attributes || typeof attributes.id !== 'string') return undefined;
  const { id, type, source, ...rest } = attributes;
  const name = at < 0 ? undefined : EVENT.exec(message.slice(at, at + SEARCHED))?.[1];
  return {
    id,
    topic: text(type)?.replace(/^labelrelay\./, '') as Topic,
    source: text(source)?.slice(1) ?? '',
    subject: text(rest.subject),
    sequence: text(rest.sequence),
    time: text(rest.time),
    recordedtime: text(rest.recordedtime),
    dataref: text(rest.dataref),
    recovered: rest.recovered === true || undefined,
    event: name === undefined ? undefined : (parse(`{"event":${name}}`)?.event as string),
  };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function parse(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

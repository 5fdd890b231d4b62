import { type Fields, fieldsOf, listOf, numberOf, sizeOf, textOf } from './read';
import type { Size } from './shape';

/** The labeled thing of an event: a picture, a text, a sound, and so on. */
export interface Content {
  /** A URL, a text, or the customer's own data. */
  readonly value: unknown;
  readonly media: Fields;
  /** The labeled objects of the project's config. */
  readonly targets: readonly Fields[];
}

/** Where in the content an annotation is. */
export interface Place {
  readonly target?: string;
  readonly itemIndex?: number;
}

export function contentOf(data: Fields): Content {
  const row = fieldsOf(data.dataRow ?? data.task);
  return {
    value: row.content,
    media: fieldsOf(row.media),
    targets: listOf(fieldsOf(data.project).targets).map(fieldsOf),
  };
}

/** The part of the content that a target names. Without a config, it is the member of that name. */
function partOf({ value, targets }: Content, target: string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const named = targets.find(({ name }) => name === target && target !== undefined);
  const path = (textOf(named?.value) ?? target)?.match(/[^$.[\]]+/g) ?? [];
  return path.length === 0 ? undefined : path.reduce<unknown>(memberAt, value);
}

const memberAt = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

const NO_PICTURE = /\.(mp4|m4v|mov|webm|avi|mkv|mp3|wav|ogg|flac|m4a|pdf|txt|json|csv|html?|dcm)$/i;
const PICTURE_MEMBERS = ['image', 'img', 'picture', 'photo', 'url', 'images'];

/**
 * The address of the picture. Only http, https and images in `data:` are addresses of pictures.
 *
 * @returns undefined if there is none that a browser may load
 */
export function pictureOf(content: Content, { target, itemIndex }: Place = {}): string | undefined {
  const { value, media } = content;
  const type = `${textOf(media.mimeType) ?? ''} ${textOf(media.type) ?? ''}`;
  if (/video|audio|pdf|text|html|json|dicom|conversation/i.test(type)) return undefined;
  const part = partOf(content, target) ?? memberOf(value, PICTURE_MEMBERS) ?? value;
  return toPicture(Array.isArray(part) ? part[itemIndex ?? 0] : part);
}

function toPicture(value: unknown): string | undefined {
  const address = toAddress(value);
  const isOther = address?.startsWith('http') && NO_PICTURE.test(new URL(address).pathname);
  return isOther ? undefined : address;
}

/** An address that may be the source of an image: http, https, or an image in `data:`. */
export function toAddress(value: unknown): string | undefined {
  const address = textOf(value);
  if (address === undefined) return undefined;
  if (/^data:image\/[\w.+-]+[;,]/i.test(address)) return address;
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).href : undefined;
}

/** Whether an address ends as those of pictures do. */
export const looksLikePicture = (address: string): boolean =>
  address.startsWith('data:') ||
  /\.(avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$/i.test(new URL(address).pathname);

/** The first member with one of these names that has a value. */
const memberOf = (value: unknown, names: readonly string[]): unknown =>
  names.map((name) => fieldsOf(value)[name]).find((member) => member !== undefined);

/** The size of the picture in pixels, if the event has it. */
export function pictureSize({ media }: Content, { itemIndex }: Place = {}): Size | undefined {
  const item = listOf(media.items)
    .map(fieldsOf)
    .find(({ index }) => index === itemIndex);
  const { width: across, height: down } = item ?? media;
  const [width, height] = [sizeOf(across), sizeOf(down)];
  return width && height ? { width, height } : undefined;
}

/** A text, or a message of a conversation. */
export interface Block {
  readonly id?: string;
  readonly author?: string;
  readonly text: string;
}

const TEXT_MEMBERS = ['text', 'html', 'dialogue', 'conversation', 'messages', 'paragraphs'];
const SAID = ['text', 'content', 'message', 'body', 'utterance'];
const AUTHORS = ['author', 'name', 'role', 'speaker', 'user'];

/** The text of the content: one block, or one for each message. An address of a text is no text. */
export function blocksOf(content: Content, target?: string): Block[] {
  const { value } = content;
  const part = partOf(content, target) ?? memberOf(value, TEXT_MEMBERS) ?? value;
  const list = Array.isArray(part) ? part : fieldsOf(part).messages;
  if (Array.isArray(list)) return list.flatMap((each) => toBlock(each) ?? []);
  const text = textOf(part);
  return text === undefined || isAddress(text) ? [] : [{ text }];
}

/** Whether a text is an address or a path, and nothing else. */
export const isAddress = (text: string): boolean =>
  /^([a-z][a-z\d+.-]*:\/\/\S*|data:\S*|\/\S*\.\w{1,5})$/i.test(text.slice(0, 10_000));

function toBlock(value: unknown): Block | undefined {
  const fields = typeof value === 'string' ? { text: value } : fieldsOf(value);
  const text = SAID.map((name) => textOf(fields[name])).find((each) => each !== undefined);
  if (text === undefined) return undefined;
  const author = AUTHORS.map(
    (name) => textOf(fields[name]) ?? textOf(fieldsOf(fields[name]).name),
  ).find((each) => each !== undefined);
  const id = fields.messageId ?? fields.message_id ?? fields.id;
  return { text, author, id: textOf(id) ?? numberOf(id)?.toString() };
}

import { EncodedObject } from './encoded-object';
import { escapeJson } from './escape';
import { EncodedItems } from './long/encoded-items';
import { isObject } from './read';

/** Objects and lists are written member by member down to this level: to the items of a list in a label. */
const LEVELS = 4;
/** The longest part of a text that is written at once, in characters. */
const PIECE = 65_536;
/** The length up to which texts are joined, in characters. Longer ones are not copied. */
const SHORT = 4_096;

/**
 * Encodes a value as `escapeJson(JSON.stringify(value))`, in consecutive pieces. A large value is never in memory as one text.
 *
 * @param value JSON, with `undefined` for absent members
 */
export function encodeJson(value: object): string[] {
  const pieces: string[] = [];
  let joined = '';

  const write = (json: string): void => {
    const escaped = escapeJson(json);
    if (escaped.length <= SHORT && joined.length < PIECE) joined += escaped;
    else {
      pieces.push(joined, escaped);
      joined = '';
    }
  };

  /** Every character is escaped for itself, so a text can be cut anywhere. */
  const writeCut = (text: string, toJson: (piece: string) => string): void => {
    for (let at = 0; at < text.length; at += PIECE) write(toJson(text.slice(at, at + PIECE)));
  };
  const writeText = (text: string): void => {
    write('"');
    writeCut(text, (piece) => JSON.stringify(piece).slice(1, -1));
    write('"');
  };

  const writeParts = ({ parts }: EncodedObject): void => {
    for (const part of parts) writeCut(part, (piece) => piece);
  };

  const writeList = <Item>(items: readonly Item[], writeItem: (item: Item) => void): void => {
    write('[');
    for (let index = 0; index < items.length; index++) {
      if (index > 0) write(',');
      writeItem(items[index] as Item);
    }
    write(']');
  };
  const writeItems = (items: readonly unknown[], levels: number): void =>
    writeList(items, (item) => writeValue(item ?? null, levels));
  const writeMembers = (holder: object, levels: number): void => {
    let separator = '{';
    for (const [name, member] of Object.entries(holder)) {
      if (member === undefined) continue;
      write(`${separator}${JSON.stringify(name)}:`);
      writeValue(member, levels);
      separator = ',';
    }
    write(separator === ',' ? '}' : '{}');
  };

  const writeValue = (inner: unknown, levels: number): void => {
    if (typeof inner === 'string' && inner.length > PIECE) writeText(inner);
    else if (inner instanceof EncodedItems) writeList(inner.texts, write);
    else if (inner instanceof EncodedObject) writeParts(inner);
    else if (levels > 0 && Array.isArray(inner)) writeItems(inner, levels - 1);
    else if (levels > 0 && isObject(inner)) writeMembers(inner, levels - 1);
    else write(JSON.stringify(inner));
  };

  writeValue(value, LEVELS);
  return [...pieces, joined];
}

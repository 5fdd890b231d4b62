import { BlockList, isIP } from 'node:net';
import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import type { AllowLists } from '../receive/http/admit';
import type { EnvironmentReader } from './environment';

const VARIABLE = 'LABELRELAY_ALLOW_LISTS';
const EXPECTED = 'JSON such as {"labelbox": ["192.0.2.0/24", "2001:db8::/32"]}';

/** @param sources the known sources by name; a list for any other source is a problem */
export function readAllowLists(
  reader: EnvironmentReader,
  sources: ReadonlyMap<string, unknown>,
): AllowLists {
  const text = reader.text(VARIABLE, '{}');
  const table = parseJson(text);
  const lists = new Map<string, BlockList>();
  if (!isObject(table)) {
    reader.wrong(VARIABLE, EXPECTED, text);
    return lists;
  }
  for (const [source, ranges] of Object.entries(table)) {
    if (!sources.has(source)) reader.wrong(VARIABLE, 'the name of a source', source);
    // An empty list is more likely a mistake than the wish to reject all senders.
    if (!Array.isArray(ranges) || ranges.length === 0) {
      reader.wrong(`${VARIABLE} (${source})`, 'a list of addresses', JSON.stringify(ranges));
      continue;
    }
    const list = new BlockList();
    for (const range of ranges) {
      if (!add(range, list)) {
        reader.wrong(`${VARIABLE} (${source})`, 'an address or a CIDR range', String(range));
      }
    }
    lists.set(source, list);
  }
  return lists;
}

/** @returns false if it is neither an address nor a range */
function add(range: unknown, list: BlockList): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(String(range)) ?? [];
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  const prefix = Number(bits ?? longest);
  if (family === 0 || prefix > longest) return false;
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return true;
}

import { imageSize } from 'image-size';
import type { Size } from '../../lib/datasets/format';
import { interruption } from '../command/interruption';

/** How many bytes of a picture are asked for, one after the other, until its size is among them. */
const FIRST_BYTES = [65_536, 524_288, 4_194_304];
const TIMEOUT_MS = 20_000;
/** A camera that was turned by a quarter writes orientations from 5. */
const QUARTER_TURN = 5;

/**
 * The size of a picture, as browsers show it, by its first bytes: BMP, GIF, JPEG, PNG, TIFF, WebP and others.
 *
 * @param url an address of http or https
 * @returns undefined if its size cannot be known
 */
export async function fetchSize(url: string): Promise<Size | undefined> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  for (const bytes of FIRST_BYTES) {
    const head = await fetchHead(url, bytes);
    const size = head && sizeOf(head);
    // A shorter answer is the whole picture.
    if (size || !head || head.length < bytes) return size;
  }
  return undefined;
}

async function fetchHead(url: string, bytes: number): Promise<Uint8Array | undefined> {
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), interruption]);
  try {
    const headers = { range: `bytes=0-${bytes - 1}` };
    const { ok, body } = await fetch(url, { headers, signal });
    if (!ok || !body) return undefined;
    const head = Buffer.alloc(bytes);
    let length = 0;
    // A server that ignores the range sends the whole picture: the rest of it is not read.
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      length += Buffer.from(chunk).copy(head, length);
      if (length >= bytes) break;
    }
    return head.subarray(0, length);
  } catch {
    return undefined;
  }
}

function sizeOf(head: Uint8Array): Size | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(head);
    if (!(width > 0 && height > 0)) return undefined;
    return orientation >= QUARTER_TURN ? [height, width] : [width, height];
  } catch {
    return undefined;
  }
}

/** The parts of a request that the stub reads. */
export interface StubRequest {
  readonly method: string;
  readonly path: string;
  /** The operation, such as `AmazonSQS.SendMessage`; empty for S3. */
  readonly target: string;
  readonly body: Buffer;
}

interface Head extends Omit<StubRequest, 'body'> {
  /** The offset of the body from the start of the request, in bytes. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly waits: boolean;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * Splits the bytes of a connection into requests. AWS clients use HTTP/1.1 in which every body has a length.
 *
 * @param goAhead is called if a client waits for `100 Continue`
 * @returns a function that takes the next bytes of the connection
 */
export function readRequests(
  handle: (request: StubRequest) => void,
  goAhead: () => void,
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let head: Head | undefined;

  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    for (let request = next(); request; request = next()) handle(request);
  };

  /** Removes and returns the first complete request. */
  function next(): StubRequest | undefined {
    if (!head) {
      head = readHead(joined());
      if (head?.waits && length < head.bodyEnd) goAhead();
    }
    if (!head || length < head.bodyEnd) return undefined;
    const bytes = joined();
    const { bodyStart, bodyEnd, method, path, target } = head;
    const rest = bytes.subarray(bodyEnd);
    chunks = rest.length > 0 ? [rest] : [];
    length = rest.length;
    head = undefined;
    return { method, path, target, body: bytes.subarray(bodyStart, bodyEnd) };
  }

  function joined(): Buffer {
    if (chunks.length > 1) chunks = [Buffer.concat(chunks)];
    return chunks[0] ?? Buffer.alloc(0);
  }
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end + 2);
  const [, method = '', path = ''] = /^(\S+) (\S+) /.exec(text) ?? [];
  if (/\r\ntransfer-encoding:/i.test(text)) throw new Error(`${method} ${path} has no length`);
  const bodyStart = end + END_OF_HEAD.length;
  return {
    method,
    path,
    target: /\r\nx-amz-target: *([^\r]+)/i.exec(text)?.[1] ?? '',
    bodyStart,
    bodyEnd: bodyStart + Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0),
    waits: /\r\nexpect: *100-continue/i.test(text),
  };
}

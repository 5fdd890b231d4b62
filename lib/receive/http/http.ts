import { LabelrelayError } from '../../errors';
import type { Headers } from '../../platforms/platform';

/** An HTTP request as every adapter makes it, with the exact bytes of its body. */
export interface Request {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Headers;
  /** The IP address of the sender, if it is known. */
  readonly address?: string;
  /** `too-large` if it exceeds the adapter's limit. Then it is not read. */
  readonly body: Uint8Array | Text | 'too-large';
  readonly receivedAt: Date;
}

/** A body that arrived as well-formed text. Its bytes are its UTF-8. */
export interface Text {
  readonly text: string;
}

/** An HTTP response as every adapter sends it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Receiver = (request: Request) => Promise<Answer>;

/** A request whose body is too large for memory. It is read once, while it arrives. */
export interface LargeRequest extends Omit<Request, 'body'> {
  /** Each piece has a buffer of its own, which is taken away. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The error of a body whose sender went away before its end. */
export const cutOff = (cause?: unknown): LabelrelayError =>
  new LabelrelayError('cut-off', 'expected the rest of a body, got none', { cause });

export type LargeReceiver = (request: LargeRequest) => Promise<Answer>;

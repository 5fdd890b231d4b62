import type { Delivery } from '../delivery';

const W3C = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const X_RAY_ROOT = /(?:^|;) *Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/;
const X_RAY_PARENT = /(?:^|;) *Parent=([0-9a-f]{16})(?:;|$)/;

/**
 * The W3C trace parent of a delivery: the sender's, else that of the trace that AWS began.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceParent({
  headers,
  receiptId,
}: Pick<Delivery, 'headers' | 'receiptId'>): string | undefined {
  const { traceparent = '', 'x-amzn-trace-id': xRay = '' } = headers;
  if (W3C.test(traceparent)) return traceparent;
  const [, seconds, unique] = X_RAY_ROOT.exec(xRay) ?? [];
  if (!seconds) return undefined;
  // A gateway that begins a trace names no span. The delivery becomes one.
  const parent = X_RAY_PARENT.exec(xRay)?.[1] ?? receiptId.replaceAll('-', '').slice(0, 16);
  return `00-${seconds}${unique}-${parent}-${/Sampled=1/.test(xRay) ? '01' : '00'}`;
}

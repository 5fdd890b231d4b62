import { expect, jest, test } from '@jest/globals';
import { ERROR_LINES } from '../../infra/function-logs';
import { handleMessage } from '../../lib/consume/handle-message';
import { Poison } from '../../lib/consume/poison';
import { UnknownVersion, Wait } from '../../lib/consume/wait';
import { memoryQueue } from '../../lib/testing/memory-queue';

/** `?one ?"two words"`: a line with any of them counts. */
const terms = [...ERROR_LINES.matchAll(/\?(?:"([^"]+)"|(\S+))/g)].map(
  ([, quoted, word]) => quoted ?? word ?? '',
);
const isCounted = (line: string): boolean => terms.some((term) => line.includes(term));

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html and troubleshooting-invocation.html
test.each([
  '2019-06-07T19:11:20.562Z c793869b ERROR Invoke Error {"errorType":"ReferenceError","errorMessage":"x is not defined"}',
  '2019-06-07T19:11:20.562Z undefined ERROR Uncaught Exception {"errorType":"Runtime.ImportModuleError"}',
  '2017-05-03T17:10:29.000Z 0a1b2c3d Task timed out after 3.00 seconds',
  'RequestId: 0a1b2c3d Error: Runtime exited with error: signal: killed',
])('a call that ended in an error is counted: %s', (line) => {
  expect(isCounted(line)).toBe(true);
});

/** The lines that a worker writes. */
async function linesOf(error: Error): Promise<string[]> {
  const written = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const worker = () => Promise.reject(error);
    await handleMessage(worker, { body: '{}', receiveCount: 1 }, memoryQueue());
    return written.mock.calls.map(([line]) => String(line));
  } finally {
    written.mockRestore();
  }
}

test('a message that waits for another version is counted, since no queue tells of it', async () => {
  const lines = await linesOf(new UnknownVersion('the items in the table', 1, '2'));
  expect(lines.filter(isCounted)).toHaveLength(1);
});

test('a failure of a message is not counted: it is tried again, or becomes a dead letter', async () => {
  const lines: string[] = [];
  for (const error of [new Error('expected'), new Poison('expected'), new Wait('expected')]) {
    lines.push(...(await linesOf(error)));
  }
  expect(lines).toHaveLength(2);
  expect(lines.filter(isCounted)).toEqual([]);
});

import { LabelrelayError } from '../../errors';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Telemetry } from '../ports';
import { problem } from './answer';
import type { Answer, Request } from './http';

/** The part of a request that is logged. */
type Logged = Pick<Request, 'method' | 'path' | 'receivedAt'>;

/** Answers a request, and logs a line. It never throws: an error becomes an answer. */
export async function answerTo(
  request: Logged,
  telemetry: Telemetry,
  receive: (journal: Journal) => Promise<Answer>,
): Promise<Answer> {
  const journal = new Journal(request.receivedAt);
  let answer: Answer;
  try {
    answer = await receive(journal);
  } catch (error) {
    answer = problem(error);
    report(request, answer, error, journal);
  }
  journal.count('AnswerMilliseconds', journal.elapsed);
  journal.write(telemetry);
  return answer;
}

function report({ method, path }: Logged, answer: Answer, error: unknown, journal: Journal): void {
  const isOurs = answer.status >= 500;
  if (isOurs) journal.count(error instanceof LabelrelayError ? 'Unavailable' : 'UnexpectedError');
  if (answer.status === 413) journal.count('TooLarge');
  journal.note({
    method,
    // The rest of an unknown path may be anything, such as a secret.
    path: /^\/(?:[a-z]{1,16}(?:\/[a-z0-9-]{1,32}(?=\/|$))?)?/.exec(path)?.[0],
    status: answer.status,
    error: describeError(error),
  });
  journal.conclude(isOurs ? 'error' : 'warn', 'request not accepted');
}

import { LabelrelayError } from '../../errors';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Telemetry } from '../ports';
import { problem } from './answer';
import type { Answer, Request } from './http';

/** What there is to tell of a request, whatever its body. */
type Told = Pick<Request, 'method' | 'path' | 'receivedAt'>;

/** What comes of a request as an answer, never an exception, with a line in the log. */
export async function answerTo(
  request: Told,
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

function report({ method, path }: Told, answer: Answer, error: unknown, journal: Journal): void {
  const isOurs = answer.status >= 500;
  if (isOurs) journal.count(error instanceof LabelrelayError ? 'Unavailable' : 'UnexpectedError');
  if (answer.status === 413) journal.count('TooLarge');
  journal.note({
    method,
    // The rest of a path that we do not know may be anything.
    path: /^\/(?:[a-z]{1,16}(?:\/[a-z0-9-]{1,32}(?=\/|$))?)?/.exec(path)?.[0],
    status: answer.status,
    error: describeError(error),
  });
  journal.conclude(isOurs ? 'error' : 'warn', 'request not accepted');
}

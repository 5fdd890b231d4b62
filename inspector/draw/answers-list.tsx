import { answerText, questionOf, whereOf } from './answers';
import { type Fields, fieldsOf, listOf } from './read';
import { clip } from './words';

const LONGEST = 2000;
const MOST = 100;
const DEEPEST = 12;

interface AnswersListProps {
  readonly answers: readonly Fields[];
  readonly depth?: number;
}

/** Questions and their answers, with the questions under each option. */
export function AnswersList({ answers, depth = 0 }: AnswersListProps) {
  if (answers.length === 0 || depth > DEEPEST) return null;
  return (
    <dl class="answers">
      {answers.slice(0, MOST).map((answer, index) => {
        const where = whereOf(answer);
        const nested = listOf(answer.answers)
          .map(fieldsOf)
          .flatMap((option) => listOf(option.classifications).map(fieldsOf));
        return (
          <div key={index}>
            <dt>
              <bdi>{clip(questionOf(answer), 100)}</bdi>
              {where && <span class="faint"> ({where})</span>}
            </dt>
            <dd>
              <bdi class="said">{clip(answerText(answer), LONGEST)}</bdi>
              <AnswersList answers={nested} depth={depth + 1} />
            </dd>
          </div>
        );
      })}
      {answers.length > MOST && <p class="faint">and {answers.length - MOST} more</p>}
    </dl>
  );
}

import { useMemo } from 'preact/hooks';
import { AnswersList } from './answers-list';
import type { Content } from './content';
import { Drawings } from './drawings';
import { itemsOf } from './items';
import { JsonText } from './json-text';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './read';
import { relationsOf } from './relations';
import { clip, counted, num } from './words';

interface LabelViewProps {
  readonly label: Fields;
  readonly content: Content;
  readonly pictures: boolean;
}

/** One label: its drawings, and the answers about the whole data row. */
export function LabelView({ label, content, pictures }: LabelViewProps) {
  const items = useMemo(() => itemsOf(label), [label]);
  const answers = useMemo(() => listOf(label.classifications).map(fieldsOf), [label]);
  const relations = useMemo(() => relationsOf(label, items), [label, items]);
  return (
    <section class="label">
      <h3>
        Label <bdi>{clip(textOf(label.id) ?? 'without id', 80)}</bdi>
      </h3>
      <p class="faint">{factsOf(label, items.length).join(' · ')}</p>
      <Drawings
        items={items}
        answers={answers}
        relations={relations}
        content={content}
        pictures={pictures}
      />
      {answers.length > 0 && (
        <>
          <h4>Answers</h4>
          <AnswersList answers={answers} />
        </>
      )}
      {relations.length > 0 && (
        <>
          <h4>Relations</h4>
          <ul class="relations">
            {relations.slice(0, 200).map(({ words }, index) => (
              <li key={index}>
                <bdi>{words}</bdi>
              </li>
            ))}
          </ul>
          {relations.length > 200 && <p class="faint">and {relations.length - 200} more</p>}
        </>
      )}
      {label.other !== undefined && (
        <details class="unknown">
          <summary>Not understood, as JSON</summary>
          <JsonText value={label.other} />
        </details>
      )}
    </section>
  );
}

function factsOf(label: Fields, annotations: number): string[] {
  const by = fieldsOf(label.createdBy);
  const author = textOf(by.email) ?? textOf(by.id);
  const seconds = numberOf(label.secondsToLabel);
  const [agreement, benchmark] = [numberOf(label.agreement), numberOf(label.benchmarkAgreement)];
  return [
    ...(Array.isArray(label.annotations) ? [counted(annotations, 'annotation')] : []),
    ...(label.deleted === true ? ['deleted'] : []),
    ...(label.skipped === true ? ['skipped'] : []),
    ...(label.groundTruth === true ? ['ground truth'] : []),
    ...(author === undefined ? [] : [`by ${clip(author, 80)}`]),
    ...(seconds === undefined ? [] : [`${num(seconds)} s of work`]),
    ...(agreement === undefined ? [] : [`agreement ${num(agreement)}`]),
    ...(benchmark === undefined ? [] : [`agreement with the benchmark ${num(benchmark)}`]),
  ];
}

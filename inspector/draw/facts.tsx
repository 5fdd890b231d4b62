import { JsonText } from './json-text';
import { fieldsOf } from './read';
import { clip, json } from './words';

const DEEPEST = 3;
const MOST = 100;

/** The members of an object as a list of terms; what is nested too deep is JSON text. */
export function Facts({ value, depth = 0 }: { readonly value: unknown; readonly depth?: number }) {
  if (typeof value === 'string') return <bdi class="said">{clip(value, 2000)}</bdi>;
  if (typeof value !== 'object' || value === null) return <span>{json(value)}</span>;
  const entries = Object.entries(fieldsOf(value));
  if (Array.isArray(value) || depth >= DEEPEST || entries.length > MOST)
    return <JsonText value={value} />;
  return (
    <dl class="facts">
      {entries.map(([name, member]) => (
        <div key={name}>
          <dt>
            <bdi>{clip(name, 60)}</bdi>
          </dt>
          <dd>
            <Facts value={member} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

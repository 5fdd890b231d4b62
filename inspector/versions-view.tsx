import type { SeenVersion } from '../lib/inspector/delivery';
import type { LabelPage } from '../lib/inspector/labels';
import { useAsked } from './ask';
import { DifferenceView } from './draw/difference-view';
import { EventView } from './draw/event-view';
import type { LabelrelayEvent } from './labelrelay-event';
import { Waiting } from './parts';
import { linkTo, type Route, replaceWith } from './route';
import { dateOf } from './words';

interface VersionsProps {
  readonly route: Route;
  readonly hasLabels: boolean;
  readonly pictures: boolean;
}

const keyOf = ({ n, index }: SeenVersion): string => `${n}.${index}`;
const pathOf = (key: string | undefined): string | undefined =>
  key && `deliveries/${key.replace('.', '/events/')}`;

/** The versions of one subject that came by: in their order beside the order of arrival, and what changed between two. */
export function VersionsView({ route, hasLabels, pictures }: VersionsProps) {
  const source = route.query.get('source') ?? '';
  const subject = route.query.get('subject') ?? '';
  const query = new URLSearchParams({ source, subject });
  const { value, error } = useAsked<SeenVersion[]>(`versions?${query}`);
  const stored = useAsked<LabelPage>(hasLabels ? `label?${query}` : undefined);
  const inOrder = [...(value ?? [])].sort(bySequence);
  const keys = inOrder.map(keyOf);
  const after = route.query.get('after') ?? keys.at(-1);
  const before = route.query.get('before') ?? keys.filter((key) => key !== after).at(-1);
  const choose = (name: 'before' | 'after', key: string) =>
    replaceWith(linkTo(['versions'], { source, subject, before, after, [name]: key }));
  return (
    <div class="page-part">
      <h2>
        <bdi>{subject}</bdi> <span class="faint">{source}</span>
      </h2>
      {!value && <Waiting error={error} />}
      {value && (
        <>
          <h3>Versions that came by</h3>
          {value.length === 0 && <p class="faint">None since this server started.</p>}
          {value.length > 0 && (
            <div class="wide">
              <table>
                <thead>
                  <tr>
                    <th scope="col">In order</th>
                    <th scope="col">Arrived</th>
                    <th scope="col">Topic</th>
                    <th scope="col">Sequence</th>
                    <th scope="col">Before</th>
                    <th scope="col">After</th>
                  </tr>
                </thead>
                <tbody>
                  {inOrder.map((version, at) => (
                    <Version
                      key={keyOf(version)}
                      version={version}
                      place={at + 1}
                      arrived={value.indexOf(version) + 1}
                      before={before}
                      after={after}
                      choose={choose}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {before && after && before !== after && (
            <Difference before={before} after={after} pictures={pictures} />
          )}
          {after && (!before || before === after) && <Single at={after} pictures={pictures} />}
        </>
      )}
      {stored.value && stored.value.labels.length > 0 && (
        <>
          <h3>In the label store</h3>
          {stored.value.labels.map(({ event }, index) => (
            <EventView key={index} event={event as LabelrelayEvent} pictures={pictures} />
          ))}
        </>
      )}
    </div>
  );
}

/** As workers compare them: by sequence, then by id, both as strings. */
function bySequence(one: SeenVersion, other: SeenVersion): number {
  const [left, right] = [one, other].map(({ sequence = '', id }) => [sequence, id]);
  for (const at of [0, 1]) {
    const [a = '', b = ''] = [left?.[at], right?.[at]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return one.n - other.n;
}

interface VersionProps {
  readonly version: SeenVersion;
  readonly place: number;
  readonly arrived: number;
  readonly before?: string;
  readonly after?: string;
  readonly choose: (name: 'before' | 'after', key: string) => void;
}

function Version({ version, place, arrived, before, after, choose }: VersionProps) {
  const key = keyOf(version);
  const pick = (name: 'before' | 'after', isChosen: boolean) => (
    <input
      type="radio"
      name={name}
      aria-label={`Version ${place} as the one ${name}`}
      checked={isChosen}
      onChange={() => choose(name, key)}
    />
  );
  return (
    <tr>
      <td class="number">{place}</td>
      <td>
        <a href={linkTo(['deliveries', version.n])}>
          {arrived}. {dateOf(version.at)}
        </a>
      </td>
      <td>
        {version.topic} {version.recovered && <span class="mark">recovered</span>}
      </td>
      <td>
        <code>{version.sequence ?? 'not ordered'}</code>
      </td>
      <td>{pick('before', key === before)}</td>
      <td>{pick('after', key === after)}</td>
    </tr>
  );
}

interface DifferenceProps {
  readonly before: string;
  readonly after: string;
  readonly pictures: boolean;
}

function Difference({ before, after, pictures }: DifferenceProps) {
  const old = useAsked<LabelrelayEvent>(pathOf(before));
  const now = useAsked<LabelrelayEvent>(pathOf(after));
  return (
    <>
      <h3>What changed</h3>
      {old.value && now.value ? (
        <DifferenceView before={old.value} after={now.value} pictures={pictures} />
      ) : (
        <Waiting error={old.error ?? now.error} />
      )}
    </>
  );
}

function Single({ at, pictures }: { readonly at: string; readonly pictures: boolean }) {
  const { value, error } = useAsked<LabelrelayEvent>(pathOf(at));
  return value ? <EventView event={value} pictures={pictures} /> : <Waiting error={error} />;
}

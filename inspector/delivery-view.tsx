import { useEffect, useState } from 'preact/hooks';
import type { About } from '../lib/inspector/api';
import type {
  DeliveredEvent,
  DeliveryDetail,
  DeliveryRow,
  QueueOutcome,
} from '../lib/inspector/delivery';
import type { Sent } from '../lib/inspector/ports';
import { ask, useAsked } from './ask';
import { BodyView } from './body-view';
import { EventView } from './draw/event-view';
import type { LabelrelayEvent } from './labelrelay-event';
import { Copy, VerdictMark, Waiting } from './parts';
import { linkTo } from './route';
import { bytesIn, dateOf, msIn } from './words';

interface DeliveryProps {
  readonly n: number;
  /** The line of the list, which changes while the delivery is worked on. */
  readonly row?: DeliveryRow;
  readonly about: About;
  readonly pictures: boolean;
  /** The link to the list alone. */
  readonly back: string;
}

/** When it is asked again what workers did, in milliseconds. */
const ASK_AGAIN = [700, 2_000, 5_000];

/** One delivery: what became of it, its events, its body and its headers. */
export function DeliveryView({ n, row, about, pictures, back }: DeliveryProps) {
  const { value, error, again } = useAsked<DeliveryDetail>(`deliveries/${n}`);
  const verdict = row?.verdict;
  useEffect(again, [verdict]);
  useEffect(() => {
    const timers = ASK_AGAIN.map((ms) => setTimeout(again, ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <section class="delivery" aria-label={`Delivery ${n}`}>
      <p class="back">
        <a href={back}>Close</a>
      </p>
      {value ? (
        <Details detail={value} about={about} pictures={pictures} />
      ) : (
        <Waiting error={error} />
      )}
    </section>
  );
}

interface DetailsProps extends Pick<DeliveryProps, 'about' | 'pictures'> {
  readonly detail: DeliveryDetail;
}

function Details({ detail, about, pictures }: DetailsProps) {
  const { row, events, headers, body, note, more } = detail;
  return (
    <>
      <h2>
        <bdi>{row.event ?? row.topics[0] ?? row.path}</bdi> <VerdictMark verdict={row.verdict} />
      </h2>
      {row.why && <p class="why">{row.why}</p>}
      <dl class="delivery-facts">
        <Fact name="Time">{dateOf(row.at)}</Fact>
        <Fact name="Source">{row.source}</Fact>
        <Fact name="Path">{row.path}</Fact>
        <Fact name="Status">{row.status}</Fact>
        <Fact name="Size">{bytesIn(row.bytes)}</Fact>
        <Fact name="Duration">{msIn(row.ms)}</Fact>
        <Fact name="Id">{row.id}</Fact>
      </dl>
      {body !== 'none' && <Actions n={row.n} about={about} isWhole={body === 'whole'} />}
      {events.length > 0 && <h3>Events</h3>}
      {events.map((event, index) => (
        <EventPart
          key={index}
          event={event}
          n={row.n}
          index={index}
          source={row.source}
          pictures={pictures}
        />
      ))}
      {more > 0 && <p class="faint">{`${more} more events are not kept.`}</p>}
      <h3>Body</h3>
      {body === 'none' ? <p class="faint">{note ?? 'There is none.'}</p> : <BodyView n={row.n} />}
      {headers.length > 0 && (
        <>
          <h3>Headers</h3>
          <table class="headers">
            <tbody>
              {headers.map(({ name, value, isMasked }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class={isMasked ? 'faint' : ''}>
                    <bdi>{value}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly children?: string | number;
}

const Fact = ({ name, children }: FactProps) =>
  children === undefined || children === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );

interface ActionsProps {
  readonly n: number;
  readonly about: About;
  readonly isWhole: boolean;
}

function Actions({ n, about, isWhole }: ActionsProps) {
  const [said, setSaid] = useState('');
  const send = async () => {
    setSaid('sending…');
    try {
      const { status, problem } = await ask<Sent>(`deliveries/${n}/send`, {});
      setSaid(`answered ${status}${problem ? `: ${problem}` : ''}`);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : 'not sent');
    }
  };
  const curl = async () => (await ask<{ text: string }>(`deliveries/${n}/curl`)).text;
  return (
    <p class="actions">
      {isWhole && <Copy text={curl}>Copy as curl</Copy>}
      {about.isLocal && isWhole && (
        <button type="button" onClick={send}>
          Send again
        </button>
      )}
      <span role="status">{said}</span>
    </p>
  );
}

interface EventPartProps {
  readonly event: DeliveredEvent;
  readonly n: number;
  readonly index: number;
  readonly source: string;
  readonly pictures: boolean;
}

function EventPart({ event, n, index, source, pictures }: EventPartProps) {
  const [isOpen, setOpen] = useState(index === 0);
  const path = isOpen ? `deliveries/${n}/events/${index}` : undefined;
  const { value, error } = useAsked<LabelrelayEvent>(path);
  const { subject, topic, queues, sequence } = event;
  return (
    <details
      class="event-part"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <b>{topic}</b> <bdi>{subject}</bdi>
      </summary>
      <ul class="outcomes" aria-label="Queues">
        {Object.entries(queues).map(([queue, outcome]) => (
          <li key={queue}>
            <a href={linkTo(['queues'], { open: queue })}>{queue}</a> <Outcome outcome={outcome} />
          </li>
        ))}
      </ul>
      {subject && (
        <p>
          <a href={linkTo(['versions'], { source, subject })}>Versions of this subject</a>
          {sequence && <span class="faint"> sequence {sequence}</span>}
        </p>
      )}
      {value ? (
        <>
          <EventView event={value} pictures={pictures} />
          <Copy text={() => JSON.stringify(value, undefined, 2)}>Copy the event</Copy>
        </>
      ) : (
        isOpen && <Waiting error={error} />
      )}
    </details>
  );
}

const BAD: readonly QueueOutcome[] = ['not sent', 'dead letter', 'retry'];

const Outcome = ({ outcome }: { readonly outcome: QueueOutcome }) => (
  <span class={BAD.includes(outcome) ? 'mark mark-rejected' : 'mark'}>{outcome}</span>
);

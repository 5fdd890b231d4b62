import { useEffect, useState } from 'preact/hooks';
import type { About } from '../lib/inspector/api';
import type { DeadLetter, HeldLine, QueueLine } from '../lib/inspector/ports';
import { useAsked } from './ask';
import { EventView } from './draw/event-view';
import type { LabelrelayEvent } from './labelrelay-event';
import { Command, Waiting } from './parts';
import { linkTo, type Route } from './route';
import { SendPart } from './send-part';
import { ageIn, bytesIn, dateOf, plural } from './words';

interface QueuesProps {
  readonly about: About;
  readonly route: Route;
  readonly pictures: boolean;
}

const EVERY_MS = 5_000;

/** The depth of the queues, dead letters, held deliveries, and what can be sent. */
export function QueuesView({ about, route, pictures }: QueuesProps) {
  const queues = useAsked<QueueLine[]>('queues');
  const held = useAsked<HeldLine[]>('held');
  const open = route.query.get('open') ?? undefined;
  const hasAges = queues.value?.some(({ ageSeconds }) => ageSeconds !== undefined) ?? false;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      queues.again();
      held.again();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="page-part">
      {about.fixtures.length > 0 && <SendPart about={about} />}
      <h2>Queues</h2>
      {queues.value ? (
        <div class="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">Queue</th>
                <th scope="col">Waiting</th>
                <th scope="col">With a worker</th>
                {hasAges && <th scope="col">Oldest</th>}
                <th scope="col">Dead letters</th>
              </tr>
            </thead>
            <tbody>
              {queues.value.map((line) => (
                <QueueRow
                  key={line.name}
                  line={line}
                  isOpen={line.name === open}
                  hasAges={hasAges}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Waiting error={queues.error} />
      )}
      {open && <DeadLetters queue={open} pictures={pictures} about={about} />}
      <h2>Held deliveries</h2>
      {held.value ? <Held lines={held.value} about={about} /> : <Waiting error={held.error} />}
    </div>
  );
}

interface QueueRowProps {
  readonly line: QueueLine;
  readonly isOpen: boolean;
  /** Whether there is a column of ages, which are not known of every queue. */
  readonly hasAges: boolean;
}

function QueueRow({ line, isOpen, hasAges }: QueueRowProps) {
  const { name, waiting, inFlight, deadLetters, ageSeconds } = line;
  return (
    <tr class={isOpen ? 'chosen' : ''}>
      <th scope="row">{name}</th>
      <td class="number">{waiting ?? 'missing'}</td>
      <td class="number">{inFlight}</td>
      {hasAges && <td class="number">{ageIn(ageSeconds)}</td>}
      <td class="number">
        {deadLetters ? (
          <a
            class="mark mark-rejected"
            href={linkTo(['queues'], { open: name })}
            aria-label={`${plural(deadLetters, 'dead letter')} of ${name}: look at them`}
          >
            {deadLetters}
          </a>
        ) : (
          deadLetters
        )}
      </td>
    </tr>
  );
}

interface DeadLettersProps {
  readonly queue: string;
  readonly pictures: boolean;
  readonly about: About;
}

function DeadLetters({ queue, pictures, about }: DeadLettersProps) {
  const { value, error } = useAsked<DeadLetter[]>(`dead-letters?${new URLSearchParams({ queue })}`);
  return (
    <section>
      <h3>
        Dead letters of <bdi>{queue}</bdi> <a href={linkTo(['queues'])}>close</a>
      </h3>
      {!value && <Waiting error={error} />}
      {value?.length === 0 && <p class="faint">None: workers could process every message.</p>}
      {value?.map((letter, index) => (
        <Letter key={letter.messageId ?? index} letter={letter} pictures={pictures} />
      ))}
      {value && value.length > 0 && (
        <>
          <p>Fix the worker, then send them back to it:</p>
          <Command>{`npx labelrelay dlq redrive ${queue} ${placeOf(about)}`}</Command>
        </>
      )}
    </section>
  );
}

function Letter({ letter, pictures }: { readonly letter: DeadLetter; readonly pictures: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { type, subject, reason, receives, sent, event } = letter;
  return (
    <details class="event-part" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <b>{type?.replace('labelrelay.', '') ?? 'no event'}</b> <bdi>{subject}</bdi>
        <br />
        <bdi class="why">{reason}</bdi>{' '}
        <span class="faint">
          {receives && `received ${receives} times`} {sent && `sent ${dateOf(sent)}`}
        </span>
      </summary>
      {isOpen && typeof event === 'object' && event !== null && (
        <EventView event={event as LabelrelayEvent} pictures={pictures} />
      )}
      {isOpen && typeof event !== 'object' && <pre class="json">{String(event)}</pre>}
    </details>
  );
}

const placeOf = ({ isLocal, stage }: About): string => (isLocal ? '--local' : `--stage ${stage}`);

function Held({ lines, about }: { readonly lines: readonly HeldLine[]; readonly about: About }) {
  if (lines.length === 0) return <p class="faint">Nothing is held: all of it is in its queues.</p>;
  return (
    <>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Source</th>
              <th scope="col">Received</th>
              <th scope="col">Size</th>
              <th scope="col">Key</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, state, source, received, bytes }) => (
              <tr key={key}>
                <td>{state}</td>
                <td>{source}</td>
                <td>{dateOf(received)}</td>
                <td class="number">{bytesIn(bytes)}</td>
                <td>
                  <code>{key}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>Redelivery tries them again by itself. To try now:</p>
      <Command>{`npx labelrelay held redeliver --all ${placeOf(about)}`}</Command>
    </>
  );
}

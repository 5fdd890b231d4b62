import { render } from 'preact';
import { useState } from 'preact/hooks';
import { EventView } from './draw/event-view';
import type { LabelrelayEvent } from './labelrelay-event';

function Page() {
  const [text, setText] = useState('');
  const event = parse(text);
  return (
    <main>
      <h1>labelrelay</h1>
      <label>
        An event as JSON
        <textarea value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
      </label>
      {event && <EventView event={event} pictures={false} />}
    </main>
  );
}

function parse(text: string): LabelrelayEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LabelrelayEvent) : undefined;
  } catch {
    return undefined;
  }
}

const root = document.getElementById('page');
if (root) render(<Page />, root);

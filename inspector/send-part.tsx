import { useState } from 'preact/hooks';
import type { About } from '../lib/inspector/api';
import type { Sent } from '../lib/inspector/ports';
import { ask } from './ask';
import { linkTo } from './route';
import { plural } from './words';

/** Sends recorded deliveries to `npm start`. */
export function SendPart({ about }: { readonly about: About }) {
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (body: object) => {
    setBusy(true);
    setSaid('sending…');
    try {
      setSaid(summaryOf(await ask<Sent[]>('send', body)));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : 'not sent');
    }
    setBusy(false);
  };
  const platforms = [...new Set(about.fixtures.map(({ platform }) => platform))];
  return (
    <section aria-label="Send">
      <h2>Send recorded deliveries</h2>
      <p class="actions">
        <button type="button" disabled={isBusy} onClick={() => send({ all: true })}>
          Send all, shuffled and each twice
        </button>
        <span role="status">{said}</span>
        {said && <a href={linkTo(['deliveries'])}>Look at the deliveries</a>}
      </p>
      {platforms.map((platform) => (
        <details key={platform}>
          <summary>{platform}</summary>
          <div class="fixtures">
            {about.fixtures
              .filter((fixture) => fixture.platform === platform)
              .map(({ name }) => (
                <button
                  key={name}
                  type="button"
                  disabled={isBusy}
                  onClick={() => send({ fixture: `${platform}/${name}` })}
                >
                  {name}
                </button>
              ))}
          </div>
        </details>
      ))}
    </section>
  );
}

function summaryOf(sent: readonly Sent[]): string {
  const [first] = sent;
  if (sent.length === 1 && first) {
    const { status, events = 0, problem } = first;
    return `answered ${status}, ${problem ?? plural(events, 'event')}.`;
  }
  const accepted = sent.filter(({ status }) => status === 202).length;
  return `${plural(sent.length, 'delivery').replace('ys', 'ies')} sent, ${accepted} accepted.`;
}

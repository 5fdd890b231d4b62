import type { About } from '../lib/inspector/api';
import { Command } from './parts';
import { linkTo } from './route';

/** Says how to make the first delivery. */
export const EmptyDeliveries = ({ about }: { readonly about: About }) => (
  <div class="empty">
    <h2>Nothing has arrived yet</h2>
    {about.isLocal ? (
      <>
        <p>
          Send a recorded delivery from the <a href={linkTo(['queues'])}>queues page</a>, or from a
          terminal:
        </p>
        <Command>npx labelrelay send v1-label-created-2023 --local</Command>
        <p>Or sign one yourself:</p>
        <Command>{about.example}</Command>
      </>
    ) : (
      <>
        <p>
          Events are shown as they arrive, from the tap of stage <b>{about.stage}</b>. Those of the
          last five minutes come first.
        </p>
        <Command>{`npx labelrelay send v1-label-created-2023 --stage ${about.stage}`}</Command>
      </>
    )}
    <p>Or have the platform send to:</p>
    {about.sources.map(({ name, url }) => (
      <Command key={name}>{url}</Command>
    ))}
  </div>
);

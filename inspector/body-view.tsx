import { useMemo, useState } from 'preact/hooks';
import type { ShownBody } from '../lib/inspector/delivery';
import { useAsked } from './ask';
import { Copy, Waiting } from './parts';
import { bytesIn } from './words';

/** The first characters of a text, which are shown at once. */
const SHOWN = 20_000;

/** The body of a delivery, as it was sent or on several lines. It is only ever text. */
export function BodyView({ n }: { readonly n: number }) {
  const { value, error } = useAsked<ShownBody>(`deliveries/${n}/body`);
  const [isRaw, setRaw] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const text = useMemo(() => (isRaw ? value?.text : pretty(value?.text)) ?? '', [value, isRaw]);
  if (!value) return <Waiting error={error} />;
  return (
    <div class="body">
      {value.note && <p class="faint">{value.note}</p>}
      <p class="actions">
        <button type="button" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
          {isRaw ? 'On several lines' : 'As it was sent'}
        </button>
        <Copy text={() => value.text}>Copy</Copy>
      </p>
      <pre class="json" dir="ltr">
        {text.slice(0, shown)}
      </pre>
      {text.length > shown && (
        <button type="button" onClick={() => setShown(shown * 10)}>
          {`Show more of ${bytesIn(text.length)}`}
        </button>
      )}
    </div>
  );
}

/** Numbers keep their digits: the text is only laid out, if reading it loses any. */
function pretty(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text.trim() || !/\d{16}/.test(text)
      ? JSON.stringify(value, undefined, 2)
      : text;
  } catch {
    return text;
  }
}

import { clip, json } from './words';

const LONGEST = 20_000;

/** A value as JSON text: what the page does not understand. */
export const JsonText = ({ value }: { readonly value: unknown }) => (
  <pre class="json">{clip(json(value, 2), LONGEST)}</pre>
);

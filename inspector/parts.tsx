import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Verdict } from '../lib/inspector/delivery';

const SAID: Readonly<Record<Verdict, string>> = {
  pending: 'pending',
  accepted: 'accepted',
  held: 'held',
  rejected: 'rejected',
  failed: 'failed',
  answered: 'answered',
  observed: 'event',
};

/** The outcome of a delivery, in a word and a colour. */
export const VerdictMark = ({ verdict }: { readonly verdict: Verdict }) => (
  <span class={`mark mark-${verdict}`}>{SAID[verdict]}</span>
);

/** Says that a thing is being asked for, or why it is not there. */
export const Waiting = ({ error }: { readonly error?: string }) =>
  error ? (
    <p class="problem" role="alert">
      {error}
    </p>
  ) : (
    <p class="faint">Loading…</p>
  );

interface CopyProps {
  /** Makes the text when it is wanted. */
  readonly text: () => string | Promise<string>;
  readonly children: ComponentChildren;
}

/** A button that copies a text. */
export function Copy({ text, children }: CopyProps) {
  const [said, setSaid] = useState<string>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setSaid('copied');
    } catch (error) {
      setSaid(error instanceof Error ? `not copied: ${error.message}` : 'not copied');
    }
    setTimeout(() => setSaid(undefined), 2_500);
  };
  return (
    <button type="button" onClick={copy}>
      {children}
      <span role="status">{said && ` – ${said}`}</span>
    </button>
  );
}

/** A command to paste. */
export const Command = ({ children }: { readonly children: string }) => (
  <div class="command">
    <pre>
      <code>{children}</code>
    </pre>
    <Copy text={() => children}>Copy</Copy>
  </div>
);

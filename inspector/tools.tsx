import type { ComponentChildren, RefObject } from 'preact';
import type { Verdict } from '../lib/inspector/delivery';

const VERDICTS: readonly Verdict[] = [
  'accepted',
  'held',
  'rejected',
  'failed',
  'answered',
  'observed',
];

interface ToolsProps {
  readonly filter: Readonly<Record<string, string>>;
  readonly change: (values: Record<string, string>) => void;
  readonly sources: readonly string[];
  readonly isPaused: boolean;
  readonly pause: () => void;
  readonly search: RefObject<HTMLInputElement | null>;
  /** The number of rows, or other text beside the filters. */
  readonly children: ComponentChildren;
}

/** Search, filters and the pause of the list. */
export const Tools = ({
  filter,
  change,
  sources,
  isPaused,
  pause,
  search,
  children,
}: ToolsProps) => (
  <div class="tools">
    <input
      ref={search}
      type="search"
      placeholder="Search ( / )"
      aria-label="Search deliveries by subject, event, source, topic, id or reason"
      value={filter.q ?? ''}
      onInput={({ currentTarget }) => change({ q: currentTarget.value })}
    />
    <select
      aria-label="Only with this outcome"
      value={filter.verdict ?? ''}
      onChange={({ currentTarget }) => change({ verdict: currentTarget.value })}
    >
      <option value="">every outcome</option>
      {VERDICTS.map((verdict) => (
        <option key={verdict} value={verdict}>
          {verdict}
        </option>
      ))}
    </select>
    <select
      aria-label="Only from this source"
      value={filter.source ?? ''}
      onChange={({ currentTarget }) => change({ source: currentTarget.value })}
    >
      <option value="">every source</option>
      {sources.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
    <button type="button" aria-pressed={isPaused} onClick={pause}>
      {isPaused ? 'Go on' : 'Pause'}
    </button>
    <span class="count faint" role="status">
      {children}
    </span>
  </div>
);

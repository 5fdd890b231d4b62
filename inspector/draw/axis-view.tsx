import { type Axis, type Lane, momentText, shareOf, ticksOf } from './axes';
import type { Highlight } from './picture';
import { clip, counted } from './words';

const MOST = 200;

interface AxisViewProps extends Highlight {
  readonly axis: Axis;
  /** The frame that is shown, if the axis is one of frames. */
  readonly frame: number | undefined;
}

const TITLES: Readonly<Record<string, string>> = {
  s: 'Seconds',
  ms: 'Milliseconds',
  frame: 'Frames',
  date: 'Dates',
  '': 'Time',
};

/** A time axis with a lane for each annotation: spans are bars, key frames are ticks. */
export function AxisView({ axis, frame, ...highlight }: AxisViewProps) {
  const percent = (at: number): string => `${shareOf(axis, at) * 100}%`;
  const shown = axis.lanes.slice(0, MOST);
  return (
    <figure class="axis" data-unit={axis.unit} data-from={axis.from} data-to={axis.to}>
      <figcaption>
        {TITLES[axis.unit] ?? clip(axis.unit, 40)}
        <span class="faint">
          {` ${momentText(axis.from, axis.unit)} to ${momentText(axis.to, axis.unit)}`}
        </span>
      </figcaption>
      <div class="lanes">
        {shown.map((lane, index) => (
          <LaneView key={index} axis={axis} lane={lane} {...highlight} />
        ))}
        {frame !== undefined && (
          <div class="cursor-track" aria-hidden="true">
            <span class="cursor" style={{ left: percent(frame) }} />
          </div>
        )}
        <div class="ticks" aria-hidden="true">
          {ticksOf(axis).map(({ at, label }) => (
            <span key={at} style={{ left: percent(at) }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      {axis.lanes.length > MOST && (
        <p class="faint">and {counted(axis.lanes.length - MOST, 'more lane')}</p>
      )}
    </figure>
  );
}

interface LaneViewProps extends Highlight {
  readonly axis: Axis;
  readonly lane: Lane;
}

/** The most bars of one lane. */
const MOST_BARS = 1000;

function LaneView({ axis, lane, active, point, choose }: LaneViewProps) {
  const { item, name, color, spans, keyframes } = lane;
  const said = spans
    .slice(0, 10)
    .map(
      ([from, to]) =>
        `${momentText(from, axis.unit)} to ${momentText(axis.unit === 'frame' ? to - 1 : to, axis.unit)}`,
    );
  const frames = keyframes.length > 0 ? [counted(keyframes.length, 'key frame')] : [];
  const length = axis.to - axis.from || 1;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside has the same for keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list beside has the same for keys
    <div
      class={`lane ${item && item.index === active ? 'active' : ''} ${item?.status ?? ''}`}
      data-annotation={item?.index}
      onMouseEnter={() => point(item?.index)}
      onMouseLeave={() => point(undefined)}
      onClick={() => item && choose(item.index)}
    >
      <span class="lane-name">
        <bdi>{clip(name, 60)}</bdi>
        <span class="unseen">{[...said, ...frames].join(', ')}</span>
      </span>
      <svg class="bars" viewBox={`0 0 ${length} 10`} preserveAspectRatio="none" aria-hidden="true">
        {spans.slice(0, MOST_BARS).map(([from, to], index) => (
          <path
            key={index}
            class="bar"
            d={`M${from - axis.from} 5H${to - axis.from}`}
            stroke={color.line}
          />
        ))}
        {keyframes.length > 0 && (
          <path class="key" d={keyframes.map((at) => `M${at - axis.from} 1V9`).join('')} />
        )}
      </svg>
    </div>
  );
}

import type { Axis } from './axes';

interface ScrubberProps {
  readonly axis: Axis;
  /** The key frames, in order. */
  readonly frames: readonly number[];
  readonly frame: number;
  readonly onFrame: (frame: number) => void;
}

/** Chooses the frame of a video that is drawn. */
export function Scrubber({ axis, frames, frame, onFrame }: ScrubberProps) {
  const previous = frames.findLast((each) => each < frame);
  const next = frames.find((each) => each > frame);
  return (
    <div class="scrubber">
      <label>
        <span>{`Frame ${frame}`}</span>
        <input
          type="range"
          min={axis.from}
          max={axis.to}
          step={1}
          value={frame}
          onInput={({ currentTarget }) => onFrame(Number(currentTarget.value))}
        />
      </label>
      <button
        type="button"
        disabled={previous === undefined}
        onClick={() => previous !== undefined && onFrame(previous)}
      >
        Previous key frame
      </button>
      <button
        type="button"
        disabled={next === undefined}
        onClick={() => next !== undefined && onFrame(next)}
      >
        Next key frame
      </button>
    </div>
  );
}

import type { Attributes, ClaimCheck } from '../lib/events/types';

/** An event as it arrived. Members may be missing or wrong: the page shows whatever came. */
export type LabelrelayEvent = Partial<Attributes> &
  Partial<ClaimCheck> & {
    readonly data?: unknown;
  };

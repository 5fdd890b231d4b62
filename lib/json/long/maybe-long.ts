import type { PendingFold } from './fold';
import type { Items } from './items';

/**
 * JSON that may be too long for memory: its lists have only the operations of `Items`, and an optional object may be
 * unknown until its items are read.
 */
export type MaybeLong<Value> = Value extends readonly (infer Item)[]
  ? Items<MaybeLong<Item>>
  : Value extends object
    ? { [Name in keyof Value]: MaybeLong<Value[Name]> | MaybePending<Value[Name]> }
    : Value;

type MaybePending<Value> = undefined extends Value
  ? PendingObject<Exclude<Value, undefined>>
  : never;

type PendingObject<Value> = [Value] extends [object] ? PendingFold<Value> : never;

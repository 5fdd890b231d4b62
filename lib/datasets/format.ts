import type { StoredLabel } from '../label-store/stored-label';
import type { Report } from './report';

/** Where a data set goes: text files by their path below its folder. */
export interface Files {
  /** Opens a file for writing; what was in it is gone. */
  create(path: string): Promise<TextFile>;
}

export interface TextFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Width and height of a picture in pixels. */
export type Size = readonly [width: number, height: number];

export interface Picture {
  /** The file's name: a segment of the URL, or the external id; no two pictures share one. */
  readonly name: string;
  readonly url?: string;
  readonly rowId?: string;
}

export interface ExportOptions {
  /** The classes in their order; absent: those that occur, by name. */
  readonly classes?: readonly string[];
  /** One label of each data row; absent: all of them. */
  readonly label?: 'newest' | 'ground-truth';
  /** The size of a picture whose events do not tell it. */
  readonly sizeOf?: (picture: Picture) => Promise<Size | undefined>;
}

/**
 * The labels of a data set, by source and then by data row.
 *
 * A format reads them more than once: each call begins anew and gives the same labels.
 */
export type ReadLabels = () => AsyncIterable<StoredLabel>;

/** Writes labels in one format. @returns what was written, and what the format cannot say */
export type WriteDataset<O extends ExportOptions = ExportOptions> = (
  read: ReadLabels,
  files: Files,
  options: O,
) => Promise<Report>;

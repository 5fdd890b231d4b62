export const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString(undefined, { hour12: false });

export const dateOf = (at: string): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toLocaleString(undefined, { hour12: false });
};

export function bytesIn(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  if (bytes < 1_024) return `${bytes} B`;
  return bytes < 1_048_576
    ? `${(bytes / 1_024).toFixed(1)} KiB`
    : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

export const msIn = (ms: number | undefined): string => (ms === undefined ? '' : `${ms} ms`);

export function ageIn(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} h`
    : `${Math.round(seconds / 86_400)} d`;
}

export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;

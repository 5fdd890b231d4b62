import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Whether to use colours: on a terminal only. @see https://no-color.org */
export const isColoured = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const colour = (
  format: Format,
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string => (isColoured(stream) ? styleText(format, text, { validateStream: false }) : text);

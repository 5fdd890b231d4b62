import { secretVariables } from '../config/read-config';

/** The addresses of `npm start` by default. */
const USUAL: Readonly<Record<string, string>> = {
  PORT: '3000',
  AWS_PORT: '4566',
  DYNAMODB_PORT: '8000',
  LABELRELAY_STAGE: 'dev',
};
/** Variables with secret values: only their names are shown. */
const SECRET = [...secretVariables.map(({ variable }) => variable), 'LABELRELAY_SOURCES'];

const STEPS = [
  ['npx labelrelay send v1-label-created-2023 --local', 'send a signed delivery of Labelbox'],
  ['npx labelrelay tail --local', 'show events as they arrive'],
  ['npx labelrelay --help', 'everything else'],
] as const;

/**
 * The commands to try in another terminal.
 *
 * @param here the values of the variables in `USUAL` that lead the command line to this server
 * @param environment the environment of this process
 */
export function nextSteps(
  here: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const unusual = Object.entries(here).filter(([name, value]) => value && value !== USUAL[name]);
  const secrets = SECRET.filter((name) => environment[name] !== undefined);
  const width = Math.max(...STEPS.map(([command]) => command.length));
  return [
    'in another terminal, in this folder:',
    ...(secrets.length > 0
      ? [`  # export ${secrets.join(', ')} too, with the same value as here`]
      : []),
    ...(unusual.length > 0
      ? [`  export ${unusual.map(([name, value]) => `${name}=${value}`).join(' ')}`]
      : []),
    ...STEPS.map(([command, does]) => `  ${command.padEnd(width)}  # ${does}`),
  ].join('\n');
}

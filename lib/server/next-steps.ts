import { secretVariables } from '../config/read-config';

/** Where `npm start` is found unless its environment says otherwise. */
const USUAL: Readonly<Record<string, string>> = {
  PORT: '3000',
  AWS_PORT: '4566',
  DYNAMODB_PORT: '8000',
  LABELRELAY_STAGE: 'dev',
};
/** Their values are secret: only their names are shown. */
const SECRET = [...secretVariables.map(({ variable }) => variable), 'LABELRELAY_SOURCES'];

const STEPS = [
  ['npx labelrelay send v1-label-created-2023 --local', 'send a signed delivery of Labelbox'],
  ['npx labelrelay tail --local', 'show events as they arrive'],
  ['npx labelrelay --help', 'everything else'],
] as const;

/**
 * What to type in another terminal.
 *
 * @param here the values of the variables in `USUAL` by which the command line finds this server
 * @param environment of this process
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
    ...(secrets.length > 0 ? [`  # ${secrets.join(', ')}: export what is set here`] : []),
    ...(unusual.length > 0
      ? [`  export ${unusual.map(([name, value]) => `${name}=${value}`).join(' ')}`]
      : []),
    ...STEPS.map(([command, does]) => `  ${command.padEnd(width)}  # ${does}`),
  ].join('\n');
}

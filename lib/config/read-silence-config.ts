import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import { type Environment, EnvironmentReader } from './environment';
import { type Config, readCommon, sourcesWithoutSecrets } from './read-config';

const MIB = 1_048_576;
const VARIABLE = 'LABELRELAY_SILENCE_HOURS';
const EXPECTED = 'hours, or JSON such as {"labelbox": 6}';
/** Four weeks: nobody remembers what is longer ago. */
const MOST_HOURS = 672;

/** The configuration of the function `silence`. */
export interface SilenceConfig extends Config {
  /** How long each source may be silent, in hours, where it is set; 0 for no limit. */
  readonly silenceHours: ReadonlyMap<string, number>;
}

/** @throws LabelrelayError `invalid-configuration` that names every problem at once */
export function readSilenceConfig(environment: Environment): SilenceConfig {
  const reader = new EnvironmentReader(environment);
  const config = readCommon(reader, sourcesWithoutSecrets(reader), {
    maxBodyBytes: 4 * MIB,
    extras: false,
  });
  const silenceHours = readSilenceHours(reader, config.sources);
  reader.finish();
  return { ...config, silenceHours };
}

/** @param sources the known sources by name; hours of any other source are a problem */
function readSilenceHours(
  reader: EnvironmentReader,
  sources: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, number> {
  const text = reader.text(VARIABLE, '{}');
  const given = parseJson(text);
  const table =
    typeof given === 'number'
      ? Object.fromEntries([...sources.keys()].map((source) => [source, given]))
      : given;
  const hours = new Map<string, number>();
  if (!isObject(table)) {
    reader.wrong(VARIABLE, EXPECTED, text);
    return hours;
  }
  for (const [source, value] of Object.entries(table)) {
    if (!sources.has(source)) reader.wrong(VARIABLE, 'the name of a source', source);
    else if (typeof value === 'number' && value >= 0 && value <= MOST_HOURS) {
      hours.set(source, value);
    } else {
      const expected = `hours from 0 to ${MOST_HOURS}`;
      reader.wrong(`${VARIABLE} (${source})`, expected, JSON.stringify(value));
    }
  }
  return hours;
}

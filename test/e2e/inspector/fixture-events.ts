import type { LabelrelayEvent } from '../../../inspector/labelrelay-event';
import type { Platform } from '../../../lib/platforms/platform';
import { platforms } from '../../../lib/platforms/platforms';
import { fixtures } from '../../support/fixtures';

export interface FixtureEvent {
  readonly name: string;
  readonly event: LabelrelayEvent;
}

/** The events of every fixture, as the platforms' code makes them. */
export const fixtureEvents = (): FixtureEvent[] =>
  fixtures().flatMap(({ platform: name, name: delivery, body, headers }) => {
    const platform = (platforms as Record<string, Platform>)[name] as Platform;
    return platform
      .decode(body)
      .flatMap((each) => platform.normalize(platform.redact(each), headers))
      .map(({ topic, subject, data }, index) => ({
        name: `${name}/${delivery} ${index}`,
        event: JSON.parse(JSON.stringify({ type: `labelrelay.${topic}`, subject, data })),
      }));
  });

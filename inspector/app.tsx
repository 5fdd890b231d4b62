import type { About } from '../lib/inspector/api';
import { useAsked } from './ask';
import { DeliveriesView } from './deliveries-view';
import { useFeed } from './feed';
import { LabelsView } from './labels-view';
import { Waiting } from './parts';
import { QueuesView } from './queues-view';
import { linkTo, type Route, useRoute } from './route';
import { hasPictures, switchPictures, useTheme } from './settings';
import { VersionsView } from './versions-view';

const PARTS = ['deliveries', 'labels', 'queues'] as const;

/** The page: what is at the place that the address names. */
export function App() {
  const route = useRoute();
  const feed = useFeed();
  const about = useAsked<About>('about');
  const [theme, nextTheme] = useTheme();
  const [part = ''] = route.path;
  return (
    <>
      <header>
        <h1>
          labelrelay <span class="faint">{about.value?.stage}</span>
        </h1>
        <nav aria-label="Parts">
          {PARTS.map((name) => (
            <a key={name} href={linkTo([name])} aria-current={part === name ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <p class="settings">
          <button
            type="button"
            aria-pressed={hasPictures()}
            title="Whether pictures are loaded from the addresses in deliveries"
            onClick={switchPictures}
          >
            {hasPictures() ? 'pictures on' : 'pictures off'}
          </button>
          <button type="button" title="Light, dark, or as the system" onClick={nextTheme}>
            {`${theme} theme`}
          </button>
        </p>
      </header>
      <main>
        {about.value ? (
          <Part about={about.value} route={route} feed={feed} />
        ) : (
          <Waiting error={about.error} />
        )}
      </main>
    </>
  );
}

interface PartProps {
  readonly about: About;
  readonly route: Route;
  readonly feed: ReturnType<typeof useFeed>;
}

function Part({ about, route, feed }: PartProps) {
  const pictures = hasPictures();
  switch (route.path[0]) {
    case 'deliveries':
      return <DeliveriesView feed={feed} about={about} route={route} pictures={pictures} />;
    case 'queues':
      return <QueuesView about={about} route={route} pictures={pictures} />;
    case 'labels':
      return <LabelsView about={about} route={route} pictures={pictures} />;
    case 'versions':
      return <VersionsView route={route} hasLabels={about.hasLabels} pictures={pictures} />;
    default:
      return (
        <p class="empty">
          There is nothing at this address. <a href={linkTo(['deliveries'])}>Deliveries</a>
        </p>
      );
  }
}

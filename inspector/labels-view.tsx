import type { About } from '../lib/inspector/api';
import type { LabelLine, LabelPage, ProjectLine } from '../lib/inspector/labels';
import { useAsked } from './ask';
import { Thumbnail } from './draw/thumbnail';
import type { LabelrelayEvent } from './labelrelay-event';
import { Command, Waiting } from './parts';
import { linkTo, type Route } from './route';
import { dateOf } from './words';

interface LabelsProps {
  readonly about: About;
  readonly route: Route;
  readonly pictures: boolean;
}

/** The newest state of labels, project by project. */
export function LabelsView({ about, route, pictures }: LabelsProps) {
  const { query } = route;
  const source = query.get('source');
  const project = query.get('project');
  if (!about.hasLabels) {
    return (
      <div class="page-part empty">
        <h2>The label store is off</h2>
        <p>
          It keeps the newest state of every label. Switch it on with <code>labelStore: true</code>{' '}
          in serverless.yml, or <code>LABELRELAY_LABEL_STORE=true</code>.
        </p>
      </div>
    );
  }
  return (
    <div class="page-part">
      {source !== null && project !== null ? (
        <Project
          source={source}
          project={project}
          after={query.get('after') ?? undefined}
          pictures={pictures}
        />
      ) : (
        <Projects about={about} />
      )}
    </div>
  );
}

function Projects({ about }: { readonly about: About }) {
  const { value, error } = useAsked<ProjectLine[]>('projects');
  if (!value) return <Waiting error={error} />;
  if (value.length === 0) {
    const place = about.isLocal ? '--local' : `--stage ${about.stage}`;
    return (
      <div class="empty">
        <h2>No labels yet</h2>
        <p>The label store fills as labels arrive:</p>
        <Command>{`npx labelrelay send v1-label-created-2023 ${place}`}</Command>
        {!about.isLocal && (
          <>
            <p>Or fetch what the platform has already:</p>
            <Command>{`npx labelrelay reconcile labelbox --full ${place}`}</Command>
          </>
        )}
      </div>
    );
  }
  return (
    <>
      <h2>Projects</h2>
      <ul class="plain">
        {value.map(({ source, project }) => (
          <li key={`${source}/${project}`}>
            <a href={linkTo(['labels'], { source, project })}>
              <bdi>{source}</bdi> / <bdi>{project}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

interface ProjectProps extends ProjectLine {
  readonly after?: string;
  readonly pictures: boolean;
}

function Project({ source, project, after, pictures }: ProjectProps) {
  const query = new URLSearchParams({ source, project, ...(after && { after }) });
  const { value, error } = useAsked<LabelPage>(`labels?${query}`);
  return (
    <>
      <p>
        <a href={linkTo(['labels'])}>All projects</a>
      </p>
      <h2>
        <bdi>{source}</bdi> / <bdi>{project}</bdi>
      </h2>
      {!value && <Waiting error={error} />}
      {value?.labels.length === 0 && <p class="empty">This project has no more labels.</p>}
      <ul class="cards">
        {value?.labels.map((label, index) => (
          <LabelCard key={index} label={label} pictures={pictures} />
        ))}
      </ul>
      <p class="actions">
        {after && <a href={linkTo(['labels'], { source, project })}>First page</a>}
        {value?.next && (
          <a href={linkTo(['labels'], { source, project, after: value.next })}>Next page</a>
        )}
      </p>
    </>
  );
}

function LabelCard({ label, pictures }: { readonly label: LabelLine; readonly pictures: boolean }) {
  const { source, subject, name, updated, event } = label;
  return (
    <li>
      <a class="card" href={linkTo(['versions'], { source, subject })}>
        <Thumbnail event={event as LabelrelayEvent} pictures={pictures} />
        <bdi class="card-name">{name}</bdi>
        <span class="faint">{updated && dateOf(updated)}</span>
      </a>
    </li>
  );
}

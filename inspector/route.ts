import { useEffect, useState } from 'preact/hooks';

/** The place in the page, which is the part of the address behind `#`. */
export interface Route {
  /** Such as `['deliveries', '7']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

type Values = Readonly<Record<string, string | undefined>>;

function read(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decodePart);
  return { path: parts.length > 0 ? parts : ['deliveries'], query: new URLSearchParams(query) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A link to a place. Values that are empty or undefined are left out. */
export function linkTo(path: readonly (string | number)[], values: Values = {}): string {
  const query = new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${query && `?${query}`}`;
}

/** Goes to a place without an entry in the history, for what changes with each key. */
export function replaceWith(link: string): void {
  history.replaceState(null, '', link);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const change = () => setRoute(read());
    addEventListener('hashchange', change);
    addEventListener('popstate', change);
    return () => {
      removeEventListener('hashchange', change);
      removeEventListener('popstate', change);
    };
  }, []);
  return route;
}

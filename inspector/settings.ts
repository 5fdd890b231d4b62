import { useEffect, useState } from 'preact/hooks';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME = 'labelrelay-theme';
const PICTURES = 'labelrelay-pictures';

/** The browser may keep nothing. */
function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The choice lasts as long as the page.
  }
}

export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(
    () => THEMES.find((each) => each === stored(THEME)) ?? 'system',
  );
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    store(THEME, theme);
  }, [theme]);
  const next = () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system');
  return [theme, next];
}

/** Whether pictures may be loaded. The server forbids them with the page, so that nothing can load one by mistake. */
export const hasPictures = (): boolean =>
  new URLSearchParams(location.search).get('pictures') !== 'off';

export function switchPictures(): void {
  store(PICTURES, hasPictures() ? 'off' : 'on');
  location.assign(`/${hasPictures() ? '?pictures=off' : ''}${location.hash}`);
}

/** @returns whether the page must be loaded again without pictures, as was chosen before */
export function mustSwitch(): boolean {
  const isOff = stored(PICTURES) === 'off' && hasPictures();
  if (isOff) location.replace(`/?pictures=off${location.hash}`);
  return isOff;
}

import { useEffect, useState } from 'preact/hooks';

const NARROW = matchMedia('(max-width: 700px)');

/** Whether the window has no room for a row on one line. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const change = () => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', change);
    return () => NARROW.removeEventListener('change', change);
  }, []);
  return isNarrow;
}

export interface Color {
  /** For lines and areas. */
  readonly line: string;
  /** For the area under white text. */
  readonly back: string;
}

/** The contrast that small text needs. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
const READABLE = 4.5;
/** The lightness of lines: names with similar hues differ in it. */
const LIGHTNESSES = [0.5, 0.6, 0.7];

const known = new Map<string, Color>();

/** The color of a class: always the same for the same name. */
export function colorOf(name: string): Color {
  const found = known.get(name);
  if (found) return found;
  const hash = hashOf(name);
  const hue = hash % 360;
  const line = LIGHTNESSES[Math.floor(hash / 360) % LIGHTNESSES.length] ?? 0.5;
  let back = 0.5;
  while (contrastToWhite(rgbOf(hue, back)) < READABLE) back -= 0.02;
  const color = { line: hexOf(rgbOf(hue, line)), back: hexOf(rgbOf(hue, back)) };
  if (known.size < 10_000) known.set(name, color);
  return color;
}

/** FNV-1a, mixed so that names which differ in one letter get hues that are far apart. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < Math.min(name.length, 1000); index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

type Rgb = readonly [number, number, number];
const SATURATION = 0.75;

/** @see https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function rgbOf(hue: number, lightness: number): Rgb {
  const amplitude = SATURATION * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const step = (offset + hue / 30) % 12;
    return lightness - amplitude * Math.max(-1, Math.min(step - 3, 9 - step, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrastToWhite(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

const hexOf = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { LabelrelayEvent } from '../../../inspector/labelrelay-event';

const ROOT = join(__dirname, '../../..');

/** The views of the inspector, and what they need. */
export interface Shown {
  readonly EventView: { readonly event: LabelrelayEvent; readonly pictures: boolean };
  readonly Thumbnail: { readonly event: LabelrelayEvent; readonly pictures: boolean };
  readonly DifferenceView: {
    readonly before: LabelrelayEvent;
    readonly after: LabelrelayEvent;
    readonly pictures: boolean;
  };
}

const ENTRY = `
  import { h, render } from 'preact';
  import { DifferenceView } from './draw/difference-view';
  import { EventView } from './draw/event-view';
  import { Thumbnail } from './draw/thumbnail';

  const views = { DifferenceView, EventView, Thumbnail };
  globalThis.show = (name, properties) => {
    const parsed = JSON.parse(properties, (_, value) =>
      value === '{megabyte}' ? 'x'.repeat(1_000_000) : value,
    );
    const began = performance.now();
    render(null, document.body);
    render(h(views[name], parsed), document.body);
    const took = performance.now() - began;
    // Masks are painted in an effect, which runs after the next frame.
    return new Promise((resolve) =>
      requestAnimationFrame(() => setTimeout(() => setTimeout(resolve, 0, took))),
    );
  };
`;

/** Chromium of the system: `apt-get install chromium`, or a path in CHROMIUM. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `expected Chromium at ${executablePath}, got no file: install it, or set CHROMIUM`,
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface DrawingPage {
  readonly page: Page;
  /** The errors of the page, and of its console. */
  readonly errors: string[];
  /** @returns the time that it took, in milliseconds */
  show<Name extends keyof Shown>(name: Name, properties: Shown[Name]): Promise<number>;
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** A page that has the views alone, with the styles of the inspector. */
export async function openDrawingPage(
  browser: Browser,
  { width = 1200, height = 900, colorScheme = 'light' }: PageOptions = {},
): Promise<DrawingPage> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const { script, style } = assets();
  await page.setContent(
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body>',
  );
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  return {
    page,
    errors,
    // As text, in which the page itself makes long texts: Playwright is slow with large values.
    show: (name, properties) =>
      page.evaluate(
        ([view, given]) =>
          (globalThis as unknown as { show(view: string, given: string): Promise<number> }).show(
            view,
            given,
          ),
        [name, JSON.stringify(properties)] as const,
      ),
  };
}

let built: { readonly script: string; readonly style: string } | undefined;

function assets() {
  built ??= build();
  return built;
}

function build() {
  const inspector = join(ROOT, 'inspector');
  const { outputFiles } = buildSync({
    stdin: { contents: ENTRY, resolveDir: inspector, loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const styles = buildSync({
    entryPoints: [join(inspector, 'page.css')],
    bundle: true,
    write: false,
  });
  return {
    script: outputFiles[0]?.text ?? '',
    style: styles.outputFiles[0]?.text ?? '',
  };
}

import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { LabelrelayEvent } from '../../../inspector/labelrelay-event';
import { type DrawingPage, openBrowser, openDrawingPage } from './drawing-page';

/** A new page with the views for each test. A test fails if its page has an error. */
export function useDrawing() {
  let browser: Browser;
  let drawing: DrawingPage;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    drawing = await openDrawingPage(browser);
  });
  afterEach(async () => {
    expect(drawing.errors).toEqual([]);
    await drawing.page.close();
  });
  const show: DrawingPage['show'] = (name, properties) => drawing.show(name, properties);
  return {
    page: (): Page => drawing.page,
    errors: (): string[] => drawing.errors,
    show,
    /** Draws one event. @returns the time that it took, in milliseconds */
    draw: (event: LabelrelayEvent, pictures = false): Promise<number> =>
      show('EventView', { event, pictures }),
  };
}

interface Given {
  readonly content?: unknown;
  readonly media?: object;
  readonly label?: object;
  readonly project?: object;
}

/** An event with one label. */
export const eventOf = (annotations: readonly unknown[], given: Given = {}): LabelrelayEvent => ({
  type: 'labelrelay.label.created',
  data: {
    project: given.project,
    dataRow: { content: given.content, media: given.media },
    labels: [{ id: 'l1', annotations, classifications: [], ...given.label }],
  },
});

/** A picture of 200 x 100 pixels. */
export const SIZE = { media: { width: 200, height: 100 } };

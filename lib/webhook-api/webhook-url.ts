const PATH = /\/webhooks\/[^/]+$/;

/** The URL without `/webhooks/<source>`. @param url with that path or without it */
export const baseUrlOf = (url: string): string => url.replace(PATH, '');

/** The webhook URL of a source. @param url the base URL, which is kept unchanged */
export const webhookUrl = (url: string, source: string): string =>
  PATH.test(url) ? url : `${url}/webhooks/${source}`;

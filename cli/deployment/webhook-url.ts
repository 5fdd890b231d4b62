const PATH = /\/webhooks\/[^/]+$/;

/** What stands before `/webhooks/<source>`. @param url with that or without */
export const baseUrlOf = (url: string): string => url.replace(PATH, '');

/** Where a source's webhooks go to. @param url its base; all of it stays as it is */
export const webhookUrl = (url: string, source: string): string =>
  PATH.test(url) ? url : `${url}/webhooks/${source}`;

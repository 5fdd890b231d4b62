import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';

/** A host on this machine, in the form of a Host header, with its port. */
const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;
const HTTP_PORT = 80;
/** The host of a target in absolute form, which counts more than the Host header. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/**
 * Rejects a request that a page of another site made. Such a page can send a browser to an address on this machine, also
 * under a name of its own that leads there (DNS rebinding): the Host header then has that name.
 *
 * @param isPage whether the request is for the page itself, and not for what it asks for
 * @throws LabelrelayError `refused`
 */
export function expectOwnPage(incoming: IncomingMessage, isPage: boolean): void {
  const { headers, headersDistinct, method = '', socket, url = '' } = incoming;
  const [host = '', ...others] = headersDistinct.host ?? [];
  const [, , port = HTTP_PORT] = LOOPBACK.exec(host) ?? [];
  const [, target = host] = ABSOLUTE.exec(url) ?? [];
  const isHere = LOOPBACK.test(host) && Number(port) === socket.localPort;
  if (others.length > 0 || !isHere || target.toLowerCase() !== host.toLowerCase()) {
    throw refused(`a Host of this machine with port ${socket.localPort}`);
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw refused('the Origin of the page');
  }
  // A link of another site may lead to the page itself, which then asks for everything else.
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  const isRead = /^(GET|HEAD)$/.test(method);
  const isLink = isPage && isRead && headers['sec-fetch-mode'] === 'navigate';
  if (!isOwn && !isLink) throw refused('a request of the page');
  // Browsers name the origin of every other request.
  if (!isRead && origin === undefined) throw refused('an Origin');
}

const refused = (expected: string): LabelrelayError =>
  new LabelrelayError(
    'refused',
    `expected ${expected}, got another: open the page by its own address`,
  );

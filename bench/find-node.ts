import { execFileSync } from 'node:child_process';

/** The major version of Node.js that the functions run on. */
const VERSION = 24;

/** @returns a Node.js of Lambda's version: the current one, or one from npm */
export function findNode(): string {
  if (process.version.startsWith(`v${VERSION}.`)) return process.execPath;
  const command = ['-y', '-p', `node@${VERSION}`, 'node', '-p', 'process.execPath'];
  const path = execFileSync('npx', command, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return path.trim();
}

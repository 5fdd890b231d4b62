/**
 * Hides the warning by which the AWS SDK asks for a newer Node.js. Its user can do nothing about it: `engines` in
 * package.json says which versions work. Call it before the first client is made.
 */
export function hideNodeWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

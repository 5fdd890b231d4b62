/** How a receiver at a private address gets its events. */
export const PRIVATE_ADDRESS_FIX =
  'give it a public name with --url, or set SSRF_PROTECTION_ENABLED=false where Label Studio runs';

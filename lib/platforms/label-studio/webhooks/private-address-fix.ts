/** The fix for a receiver at a private address. */
export const PRIVATE_ADDRESS_FIX =
  'give it a public name with --url, or set SSRF_PROTECTION_ENABLED=false where Label Studio runs';

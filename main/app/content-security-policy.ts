/**
 * The page may load its own scripts, styles, images and fonts, and nothing else. Svelte creates the first of the
 * trusted-types policies named here, the log lens the second, which gives the address of its worker and no other (docs/adr/0036). `connect-src 'none'`: the page has no network; everything goes over the bridge.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html minos-worker',
].join('; ');

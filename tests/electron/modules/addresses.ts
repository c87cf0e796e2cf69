/**
 * Chromium cannot be sent to an unknown scheme over DevTools. A page of `app://minos/…` is therefore loaded from
 * `https://minos.app.invalid/…` (a reserved name that never resolves), and the app only ever sees its own address.
 */
const SUFFIX = '.invalid';

const schemes = new Set<string>();

/** Schemes registered as standard are the ones that can be translated. */
export const registerStandardScheme = (scheme: string): void => {
  schemes.add(scheme);
};

export const isStandardScheme = (scheme: string): boolean => schemes.has(scheme);

/** `app://minos/a` → `https://minos.app.invalid/a`; any other address stays. */
export function toChromium(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!schemes.has(scheme.toLowerCase())) return address;
  return `https://${host.toLowerCase()}.${scheme.toLowerCase()}${SUFFIX}${rest === '' ? '/' : rest}`;
}

/** The reverse of {@link toChromium}. */
export function fromChromium(address: string): string {
  const match = /^https:\/\/([^/?#:]+)\.([a-z0-9+-]+)\.invalid(?=[/?#]|$)(.*)$/is.exec(address);
  const [, host = '', scheme = '', rest = ''] = match ?? [];
  return schemes.has(scheme) ? `${scheme}://${host}${rest}` : address;
}

/** Content-Security-Policy and Location name the app's scheme; Chromium has to read its own. */
export function headerToChromium(name: string, value: string): string {
  if (name.toLowerCase() === 'location') return toChromium(value);
  if (!name.toLowerCase().startsWith('content-security-policy')) return value;
  return value
    .split(/([\s;]+)/)
    .map((source) => {
      const [, scheme = ''] = /^([a-z0-9+-]+):$/i.exec(source) ?? [];
      if (schemes.has(scheme)) return `https://*.${scheme}${SUFFIX}`;
      // A host source without a path stays without one.
      return /^[a-z0-9+-]+:\/\/[^/]+$/i.test(source) ? toChromium(source).replace(/\/$/, '') : toChromium(source);
    })
    .join('');
}

/** What stands for a proxy's address that is not understood: it may be anything, a password included. */
export const UNREADABLE_PROXY = '(unreadable proxy address)';

const HOST = String.raw`(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.%]+\])(?::\d{1,5})?`;
/** Scheme, user, password, host with port; nothing else. */
const WHOLE = new RegExp(
  String.raw`^(?:([A-Za-z][A-Za-z0-9+.-]{0,20}:)//)?(?:([^\s:@/?#]*)(:[^\s@/?#]*)?@)?(${HOST})(/?)$`,
);
/** What can be told of an address that is not whole: its scheme, and what follows the last `@`. */
const PARTS = new RegExp(String.raw`^(?:([A-Za-z][A-Za-z0-9+.-]{0,20}:)//)?[^]*@(${HOST})/?$`);

/**
 * A proxy's address without what signs in there: the password is `***`, and so is a user name that stands alone, since
 * tokens do. What cannot be read as an address shows its host at most, and nothing where even that is unclear.
 */
export function shownProxy(address: string): string {
  if (address === '' || address === 'direct') return address;
  const scheme = (text: string | undefined): string => (text === undefined ? '' : `${text}//`);
  const whole = WHOLE.exec(address);
  if (whole) {
    const [, protocol, user, password, host = '', slash = ''] = whole;
    if (user === undefined) return `${scheme(protocol)}${host}${slash}`;
    const signIn = password === undefined || user === '' ? '***' : `${user}:***`;
    return `${scheme(protocol)}${signIn}@${host}${slash}`;
  }
  const parts = PARTS.exec(address);
  return parts ? `${scheme(parts[1])}***@${parts[2] ?? ''}` : UNREADABLE_PROXY;
}

/** True for what {@link shownProxy} made of an address with a password: it must not be written back as one. */
export const isMaskedProxy = (text: string): boolean => text.includes('***') || text.includes(UNREADABLE_PROXY);

/** In a longer text: everything up to the last `@` behind a scheme, and `name:password@host` without one. */
const IN_TEXT = /\b([A-Za-z][A-Za-z0-9+.-]{0,20}:\/\/)[^\s"'<>`]*@/g;
const ENCODED = /\b([A-Za-z][A-Za-z0-9+.-]{0,20}%3A%2F%2F)[^\s"'<>`]*%40/gi;
const WITHOUT_SCHEME = /(^|[\s"'`(=<[{,])[^\s"'`@:/<>(),=]+:(?!\/\/)[^\s"'`<>]+@(?!sha\d+:)(?=[\w.[-])/g;

/** Any text with the sign-in of every address in it taken out. */
export function maskAddresses(text: string): string {
  if (!text.includes('@') && !text.includes('%40')) return text;
  return text.replace(ENCODED, '$1***%40').replace(IN_TEXT, '$1***@').replace(WITHOUT_SCHEME, '$1***@');
}

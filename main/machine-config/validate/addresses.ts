import { isIP } from 'node:net';

/** `10.0.0.0/8`, `fd00::/64`; the `!` of a negation is taken off before. */
export function isSubnet(text: string): boolean {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/** A subnet as filters have it, which may begin with `!`. */
export const isSubnetFilter = (text: string): boolean => isSubnet(text.replace(/^!/, ''));

/** What is wrong with an address of a control plane; undefined for a good one. */
export function endpointProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    if (/^\w+:\/\/[^[\]/]*:[^[\]/]*:/.test(text)) return 'IPv6 addresses MUST be enclosed by square brackets';
    return 'it is no URL';
  }
  return url.hostname === '' ? 'hostname must not be blank' : undefined;
}

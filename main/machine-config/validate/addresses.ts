import { isSubnet } from '../documents/scalars.ts';

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

/** Hosts whose https pages Minos may open in the user's browser. */
const HOSTS: readonly string[] = ['talos.dev', 'www.talos.dev', 'docs.siderolabs.com', 'github.com', 'kubernetes.io'];

/** True for an https link to one of the few hosts above, without credentials or an odd port. */
export function isAllowedLink(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return false;
  return parsed.port === '' && HOSTS.includes(parsed.hostname);
}

/** First Talos version of the services that came later than the others. */
const SINCE: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  'machine.ImageService': [1, 13],
  'machine.LifecycleService': [1, 13],
  'machine.DebugService': [1, 13],
  'machine.LVMService': [1, 14],
  'machine.MDService': [1, 14],
  'machine.StorageService': [1, 15],
};

/** Whether a node of this version (`v1.13.9`) has the service at all. Sign-in is Omni's, no node serves it. */
export function isServiceKnown(service: string, version: string): boolean {
  if (service === 'auth.AuthService') return false;
  const since = SINCE[service];
  if (since === undefined) return true;
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > since[0] || (major === since[0] && minor >= since[1]);
}

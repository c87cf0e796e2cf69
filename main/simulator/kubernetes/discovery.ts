const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update'];

const resource = (name: string, kind: string, isNamespaced: boolean, more: object = {}): object => ({
  ...{ name, singularName: kind.toLowerCase(), namespaced: isNamespaced, kind, verbs: VERBS, ...more },
});

const EVICTION = { group: 'policy', version: 'v1' };

const GROUPS: Readonly<Record<string, readonly object[]>> = {
  'apps/v1': [resource('daemonsets', 'DaemonSet', true), resource('deployments', 'Deployment', true)],
  'policy/v1': [resource('poddisruptionbudgets', 'PodDisruptionBudget', true)],
};

const CORE = [
  resource('nodes', 'Node', false, { shortNames: ['no'] }),
  resource('pods', 'Pod', true, { shortNames: ['po'] }),
  resource('pods/eviction', 'Eviction', true, EVICTION),
];

/** What the API says of itself, for clients that ask first, such as kubectl; undefined for any other path. */
export function discovered(path: string, version: string): object | undefined {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  if (path === '/version') return { major, minor, gitVersion: version };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/api/v1') return { kind: 'APIResourceList', groupVersion: 'v1', resources: CORE };
  if (path === '/apis') {
    const groups = Object.keys(GROUPS).map((groupVersion) => {
      const [name, of] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version: of }], preferredVersion: { groupVersion, version: of } };
    });
    return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  }
  const group = /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1] ?? '';
  const resources = GROUPS[group];
  return resources && { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group, resources };
}

/** What the user had before the recorded changes; undoing them must bring these bytes back. */
export const TALOSCONFIG = [
  '# mine',
  'context: one # used daily',
  'contexts:',
  '  one: {endpoints: [127.0.0.9]}',
  '  two: {endpoints: [127.0.0.8], note: "keep me"}',
  '',
].join('\r\n');

export const OTHER = 'context: elsewhere\ncontexts:\n  elsewhere: {endpoints: [127.0.0.7]}\n';

export const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: daily
clusters:
- name: lab # mine
  cluster: {server: "https://127.0.0.9:6443"}
users:
- name: me
  user: {token: not-a-secret}
contexts:
- name: daily
  context: {cluster: lab, user: me}
- name: spare
  context: {cluster: lab, user: me, namespace: kube-system}
`;

/** So that kept versions are sealed. */
export const KEYCHAIN = { ELECTRON_STAND_IN_KEYCHAIN: 'gnome_libsecret' };

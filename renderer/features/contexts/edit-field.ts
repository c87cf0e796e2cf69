/** A field of a context that is one line of text. */
export interface TextField {
  readonly id: 'rename' | 'cluster' | 'proxy';
  readonly title: (name: string) => string;
  readonly label: string;
  readonly hint: string;
  readonly deed: string;
  /** An empty text takes the field out of the file. */
  readonly mayBeEmpty: boolean;
}

export const TEXT_FIELDS: Readonly<Record<TextField['id'], TextField>> = {
  rename: {
    id: 'rename',
    title: (name) => `Rename ${name}`,
    label: 'New name',
    hint: 'Scripts that say --context with the old name will no longer find it.',
    deed: 'Rename',
    mayBeEmpty: false,
  },
  cluster: {
    id: 'cluster',
    title: (name) => `Cluster of ${name}`,
    label: 'Cluster',
    hint: 'Sent with every call to a proxy that stands before several clusters, such as Omni. Empty takes it out.',
    deed: 'Write the cluster',
    mayBeEmpty: true,
  },
  proxy: {
    id: 'proxy',
    title: (name) => `Proxy of ${name}`,
    label: 'Proxy URL',
    hint: 'socks5://, http:// or https://, or the word direct. talosctl reads it from 1.14 on. Empty takes it out.',
    deed: 'Write the proxy',
    mayBeEmpty: true,
  },
};

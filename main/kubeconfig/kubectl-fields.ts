/** What kubectl expects of a value; a record of fields for a mapping, whose other fields it ignores. */
export type Shape = 'text' | 'bool' | 'base64' | 'anything' | ListShape | TableShape | FieldsShape;

/** A list of one kind of item. */
export interface ListShape {
  readonly list: Shape;
}

/** A mapping with any names. */
export interface TableShape {
  readonly table: Shape;
}

/** A mapping whose fields kubectl knows. */
export interface FieldsShape {
  readonly fields: Readonly<Record<string, Shape>>;
}

const list = (of: Shape): ListShape => ({ list: of });
const fields = (of: Readonly<Record<string, Shape>>): FieldsShape => ({ fields: of });

const EXTENSIONS = list(fields({ name: 'text', extension: 'anything' }));

const CLUSTER = fields({
  server: 'text',
  'tls-server-name': 'text',
  'insecure-skip-tls-verify': 'bool',
  'certificate-authority': 'text',
  'certificate-authority-data': 'base64',
  'proxy-url': 'text',
  'disable-compression': 'bool',
  extensions: EXTENSIONS,
});

const USER = fields({
  'client-certificate': 'text',
  'client-certificate-data': 'base64',
  'client-key': 'text',
  'client-key-data': 'base64',
  token: 'text',
  tokenFile: 'text',
  as: 'text',
  'as-uid': 'text',
  'as-groups': list('text'),
  'as-user-extra': { table: list('text') },
  username: 'text',
  password: 'text',
  'auth-provider': fields({ name: 'text', config: { table: 'text' } }),
  exec: fields({
    command: 'text',
    args: list('text'),
    env: list(fields({ name: 'text', value: 'text' })),
    apiVersion: 'text',
    installHint: 'text',
    provideClusterInfo: 'bool',
    interactiveMode: 'text',
  }),
  extensions: EXTENSIONS,
});

const CONTEXT = fields({ cluster: 'text', user: 'text', namespace: 'text', extensions: EXTENSIONS });

/** The kubeconfig that kubectl knows (clientcmd's v1 Config, docs/talos-behaviour.md §4.4). */
export const KUBECONFIG: Shape = fields({
  kind: 'text',
  apiVersion: 'text',
  preferences: fields({ colors: 'bool', extensions: EXTENSIONS }),
  clusters: list(fields({ name: 'text', cluster: CLUSTER })),
  users: list(fields({ name: 'text', user: USER })),
  contexts: list(fields({ name: 'text', context: CONTEXT })),
  'current-context': 'text',
  extensions: EXTENSIONS,
});

/** Files that hold keys and tokens on every node, and names that files of keys have. */
const PATHS =
  /^\/system\/(state|secrets)\/|^\/proc\/\d+\/environ$|\/pki\/|\/secrets?\/|\/etcd\/member\/|(^|\/)(kubeconfig|config\.yaml|.*\.key|.*token.*|.*kubeconfig.*)$/i;

/** What keys, kubeconfigs and machine configs have in their text. */
const TEXTS =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|client-key-data:|^\s*(token|secretboxEncryptionSecret|bootstraptoken):/im;

/** Whether the path alone says that the content is to be kept from who happens to see the screen. */
export const isSecretPath = (path: string): boolean => PATHS.test(path);

/** Whether a text holds keys or tokens. */
export const isSecretText = (text: string): boolean => TEXTS.test(text);

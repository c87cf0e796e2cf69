import { printable } from './handed-out-text.ts';
import { isPlainList, isPlainMap, type PlainMap } from '../yaml/plain-value.ts';
import { textOf } from './kubeconfig.ts';

/*
 * Arguments of a program that a kubeconfig runs are shown: hidden, they would hide what is run. The one exception is the
 * plain value of a flag that says it is a secret.
 */

const FLAG = '^--?[\\w.-]*(?:secret|token|passw\\w*|api-?key)[\\w.-]*';
const SECRET_FLAG = new RegExp(`${FLAG}$`, 'i');
/** No path, address or command: those are never hidden. */
const PLAIN_VALUE = /^[\w+=-][\w.~+/=-]*$/;
const SECRET_ASSIGNED = new RegExp(`(${FLAG}=)(.+)$`, 'i');

/** Where the secret value of an argument begins, in characters of it; undefined where it holds none. */
export function secretStart(argument: string, before: string): number | undefined {
  const [, flag = '', value = ''] = SECRET_ASSIGNED.exec(argument) ?? [];
  if (PLAIN_VALUE.test(value)) return flag.length;
  return SECRET_FLAG.test(before) && PLAIN_VALUE.test(argument) && !argument.startsWith('-') ? 0 : undefined;
}

/** What is run to sign in a user, as a command line without its secrets; `''` when nothing is. At most 300 characters. */
export function whatRuns(user: PlainMap): string {
  const exec = user.get('exec');
  if (isPlainMap(exec)) {
    const listed = exec.get('args');
    const args = isPlainList(listed) ? listed.map(textOf) : [];
    const words = args.map((argument, i) => {
      const start = secretStart(argument, args[i - 1] ?? '');
      return start === undefined ? argument : `${argument.slice(0, start)}[secret]`;
    });
    return printable([textOf(exec.get('command')), ...words].map(inLine).join(' '), MOST);
  }
  const provider = user.get('auth-provider');
  const config = isPlainMap(provider) ? provider.get('config') : undefined;
  if (!isPlainMap(config)) return '';
  return printable(
    [textOf(config.get('cmd-path')), textOf(config.get('cmd-args'))].filter((word) => word !== '').join(' '),
    MOST,
  );
}

const MOST = 300;
const inLine = (word: string): string => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word));

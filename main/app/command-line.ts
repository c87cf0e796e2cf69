import { parseArgs } from 'node:util';
import { parseEndpoint } from '../lib/endpoint-address.ts';
import { Failed } from '../lib/failed.ts';
import { hasUnseen, visible } from '../lib/visible.ts';
import { isLink, isPlainName } from './links/deep-link.ts';

/** What Minos was started with. */
export interface CommandLine {
  /** `--talosconfig PATH`, as written. */
  readonly talosconfig?: string;
  /** `--context NAME`: the context that the window begins with. */
  readonly context?: string;
  /** `--nodes A,B`, also several times: by name or address. */
  readonly nodes: readonly string[];
  /**
   * `--endpoints A,B`, also several times: dialled instead of those of the file. Each can be dialled. None beside `--demo`, and none beside
   * a link: that comes from anybody, and so may what stands beside it.
   */
  readonly endpoints: readonly string[];
  /** `--demo`: work on the simulated cluster. */
  readonly demo: boolean;
  /** Talosconfigs that were opened with Minos, as written: words that end in `.talosconfig`. */
  readonly files: readonly string[];
  /** `--smoke`: start, show the window, print one line and quit with 0; for the packaged app. */
  readonly smoke: boolean;
}

function wrongTalosconfig(
  value: unknown,
  times: number,
): { readonly message: string; readonly hint: string } | undefined {
  if (times > 1) {
    return {
      message: `--talosconfig is given ${times} times, and Minos starts with one talosconfig.`,
      hint: 'Give it once; other files are opened beside it in the window.',
    };
  }
  if (value === '') {
    return {
      message: '--talosconfig= has an empty path.',
      hint: 'Write --talosconfig PATH, or leave it out: Minos then takes the file that talosctl takes.',
    };
  }
  if (value === true) return { message: '--talosconfig needs a path.', hint: 'Write --talosconfig PATH.' };
  if (typeof value === 'string' && value.startsWith('--')) {
    return {
      message: `--talosconfig needs a path behind it, and ${value.slice(0, 60)} is another flag.`,
      hint: `Write --talosconfig PATH; for a file that is called so, ./${value.slice(0, 60)}.`,
    };
  }
  return undefined;
}

/**
 * Reads our own flags. Chromium's and Electron's switches come in the same list, so unknown ones are left alone; a flag of
 * ours without its value is a Failed `invalid`.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals, tokens } = parseArgs({
    tokens: true,
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      talosconfig: { type: 'string' },
      context: { type: 'string', multiple: true },
      nodes: { type: 'string', multiple: true },
      endpoints: { type: 'string', multiple: true },
      demo: { type: 'boolean' },
      smoke: { type: 'boolean' },
    },
  });
  const given = tokens.filter((token) => token.kind === 'option' && token.name === 'talosconfig').length;
  const wrong = wrongTalosconfig(values.talosconfig, given);
  if (wrong !== undefined) throw new Failed({ code: 'invalid', ...wrong, where: { field: '--talosconfig' } });
  const { talosconfig } = values;
  const context = onlyContext(values.context);
  return {
    demo: values.demo === true,
    smoke: values.smoke === true,
    // Unpackaged, the app's own folder is in the list, too; a file of our kind is told by its ending (electron-builder.yml).
    files: positionals.filter((path) => path.endsWith('.talosconfig') && !isLink(path)),
    nodes: nodesIn(values.nodes),
    endpoints: values.demo === true || argv.some(isLink) ? [] : endpointsIn(values.endpoints),
    ...(context === undefined ? {} : { context }),
    ...(typeof talosconfig === 'string' ? { talosconfig } : {}),
  };
}

/** Flags of ours that do nothing in a start, with the reason, for whoever typed them. */
export function idleFlags(argv: readonly string[], isSecond: boolean): readonly string[] {
  const has = (flag: string): boolean => argv.some((word) => word === flag || word.startsWith(`${flag}=`));
  if (isSecond) {
    const ignored = ['--talosconfig', '--endpoints', '--demo'].filter(has);
    return ignored.map((flag) => `${flag} has no effect: Minos runs already. End it, or use its window.`);
  }
  if (!has('--endpoints')) return [];
  if (argv.some(isLink)) return ['--endpoints has no effect beside a link: links come from anybody.'];
  return has('--demo') ? ['--endpoints has no effect: the demo has endpoints of its own.'] : [];
}

function onlyContext(given: readonly unknown[] | undefined): string | undefined {
  const [context, ...others] = given ?? [];
  if (context === undefined) return undefined;
  if (others.length === 0 && typeof context === 'string' && isPlainName(context)) return context;
  throw new Failed({
    code: 'invalid',
    message: others.length > 0 ? '--context is given more than once.' : '--context needs the name of a context.',
    hint: 'Write --context NAME, once.',
    where: { field: '--context' },
  });
}

function nodesIn(given: readonly unknown[] | undefined): readonly string[] {
  const nodes = (given ?? []).flatMap((list) => (typeof list === 'string' ? list.split(',') : ['']));
  const names = nodes.map((node) => node.trim());
  if (names.every(isPlainName)) return names;
  throw new Failed({
    code: 'invalid',
    message: '--nodes needs names or addresses of nodes.',
    hint: 'Write --nodes A,B.',
    where: { field: '--nodes' },
  });
}

/** As in a file: trimmed, each something that can be dialled. */
function endpointsIn(given: readonly unknown[] | undefined): readonly string[] {
  const lists = (given ?? []).flatMap((list) => (typeof list === 'string' ? list.split(',') : ['']));
  const endpoints = lists.map((endpoint) => endpoint.trim());
  // A flag behind it is taken for its value.
  const isWrong = (endpoint: string): boolean =>
    endpoint.startsWith('-') || hasUnseen(endpoint) || 'problem' in parseEndpoint(endpoint);
  const wrong = endpoints.find(isWrong);
  if (wrong === undefined && endpoints.length <= MOST_ENDPOINTS) return endpoints;
  throw new Failed({
    code: 'invalid',
    message:
      wrong === undefined
        ? `--endpoints names more than ${MOST_ENDPOINTS} endpoints.`
        : wrong === ''
          ? '--endpoints needs addresses of control planes.'
          : `--endpoints names "${visible(wrong.slice(0, 60))}", which is no address that can be dialled.`,
    hint: 'Write --endpoints A,B.',
    where: { field: '--endpoints' },
  });
}

/** Nobody types more. */
const MOST_ENDPOINTS = 100;

import type { App } from 'electron';
import type { AskedPlace } from '../../../preload/contract/index.ts';
import { readCommandLine, type CommandLine } from '../command-line.ts';
import { isLink, LINK_SCHEME, placeOfLink } from './deep-link.ts';
import { wordsOfSecondStart } from './second-start.ts';

/** What was asked for: a place, or something that is written like a link and is none. */
export type Visit = AskedPlace | 'strange-link';

type GivenFlags = Pick<CommandLine, 'context' | 'nodes' | 'endpoints'>;

/** Where a second start leads to: its link, else its `--context` and a single one of `--nodes`. Its other flags change nothing. */
export const visitOfSecondStart = (words: readonly string[]): Visit | undefined =>
  visitOf(words, ({ nodes: [node, ...others] }) => (node === undefined || others.length > 0 ? {} : { node }));

/** Where the first start begins: as a second one, but the nodes of its command line are selected, and its endpoints say a context, too. */
export const visitOfFirstStart = (words: readonly string[]): Visit | undefined =>
  visitOf(words, ({ nodes, endpoints }) => ({
    ...(nodes.length > 0 && { select: nodes }),
    ...(endpoints.length > 0 && { hasEndpoints: true }),
  }));

/**
 * Follows what asks for a place from outside: links, as an event on macOS, which may be earlier than `ready`, and as words of a
 * start elsewhere; and the flags of a start. `visit` navigates; nothing is run or written.
 */
export function followVisits(app: Pick<App, 'on'>, words: readonly string[], visit: (visit: Visit) => void): void {
  const visitIfAny = (asked: Visit | undefined): void => {
    if (asked !== undefined) visit(asked);
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    visit(placeOfLink(url) ?? 'strange-link');
  });
  app.on('second-instance', (_event, argv, _folder, sent) => {
    visitIfAny(visitOfSecondStart(wordsOfSecondStart(argv, sent)));
  });
  visitIfAny(visitOfFirstStart(words));
}

/**
 * On Windows the app registers its links itself, for this user; elsewhere the package does. `--` stands before the address, so that
 * none is read as a switch.
 */
export function registerLinks(
  app: Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient'>,
  { platform, execPath }: Pick<NodeJS.Process, 'platform' | 'execPath'>,
): void {
  if (platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, execPath, ['--']);
}

/** The last link wins, as with a second click; one that cannot be read stands for itself. Without one, the flags say where. */
function visitOf(words: readonly string[], placeOf: (given: GivenFlags) => AskedPlace): Visit | undefined {
  const link = words.findLast(isLink);
  if (link !== undefined) return placeOfLink(link) ?? 'strange-link';
  const flags = flagsOf(words);
  const { context } = flags;
  const place = { ...(context !== undefined && { context }), ...placeOf(flags) };
  return Object.keys(place).length === 0 ? undefined : place;
}

/** A second start whose flags cannot be read asks for nothing. */
function flagsOf(words: readonly string[]): GivenFlags {
  try {
    return readCommandLine(words);
  } catch {
    return { nodes: [], endpoints: [] };
  }
}

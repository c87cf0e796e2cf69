import type { AppInfo, Diagnostics, PoolStatus, TalosconfigState } from '../../../preload/contract/index.ts';
import { formatBytes, formatDuration } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { endpointCounts, endpointWords, START_ENDPOINTS } from '../../lib/words.ts';

/** A name and what is so. */
export type Fact = readonly [name: string, value: string];

/** What runs here. */
export function versionFacts({ version, runtime, versions, isPackaged, isDemo }: AppInfo): readonly Fact[] {
  const { electron, chrome, node } = versions;
  const engine = runtime === 'electron' ? `Electron ${electron}` : `a stand-in for Electron (${electron})`;
  const kind = `${isPackaged ? 'packaged' : 'from source'}${isDemo ? ', showing the demo' : ''}`;
  return [
    ['Minos', `${version}, ${kind}`],
    ['Runs on', [engine, ...(chrome === '' ? [] : [`Chromium ${chrome}`]), `Node.js ${node}`].join(', ')],
  ];
}

/** How this computer and the cluster in use are for Minos. */
export function stateFacts(
  { system, upMs, mainBytes, tls, isSealed, log }: Diagnostics,
  app: AppInfo,
  config: TalosconfigState | undefined,
  pool: PoolStatus | undefined,
): readonly Fact[] {
  return [
    ['System', system],
    ['Running for', `${formatDuration(upMs)}, with ${formatBytes(mainBytes)} of memory (without its windows)`],
    ['TLS library', `${tls.isOk ? '' : '✕ '}${tls.text}`],
    ['Sandbox', app.isSandboxed ? 'on' : '▲ off: started as root, or by a switch that turns it off'],
    [
      'Password store',
      isSealed
        ? 'encrypts old versions of files'
        : '▲ none, or locked: old versions of files are not encrypted, and the machine configs from before deeds go when Minos ends',
    ],
    ...(config === undefined
      ? []
      : ([['Talosconfig', `${showUnseen(config.choice.path)} – ${config.choice.why}`]] as const)),
    ...(pool === undefined || pool.endpoints.length === 0
      ? []
      : ([
          ['Endpoints of the context in use', `${endpointCounts(pool.endpoints)}${ofStart(config, pool)}`],
          ...pool.endpoints.slice(0, MOST_ENDPOINTS).map((endpoint): Fact => {
            const why = endpoint.failure === undefined ? '' : ` – ${endpoint.failure.message}`;
            return [`Endpoint ${showUnseen(endpoint.target)}`, showUnseen(`${endpointWords(endpoint)}${why}`)];
          }),
        ] as const)),
    ['Log file', showUnseen(log.path)],
  ];
}

const ofStart = (config: TalosconfigState | undefined, { context }: PoolStatus): string =>
  config?.contexts.find(({ id }) => id === context)?.startEndpoints ? `. ${START_ENDPOINTS}` : '';

/** Endpoints that are told one by one. */
const MOST_ENDPOINTS = 20;

/** The same as text for a report, with the lines of the log. */
export function reportText(atMs: number, facts: readonly Fact[], { lines, failures }: Diagnostics['log']): string {
  const head = facts.map(([name, value]) => `${name}: ${value}`);
  const log = lines.length === 0 ? ['No warning and no error since Minos was started.'] : lines.map(showUnseen);
  const shown = failures.length === 0 ? [] : ['', 'Failures that were shown:', ...failures.map(showUnseen)];
  return [`Diagnostics of Minos, ${new Date(atMs).toISOString()}`, ...head, '', ...log, ...shown, ''].join('\n');
}

import type {
  ContextSummary,
  KubeconfigFile,
  KubeContextSummary,
  KubeServerReach,
} from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { contextName, shortPath } from '../../lib/context-names.ts';
import { remainingOf } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { keyOf, SIGN_IN_WORD } from './kubeconfig-words.ts';

/** What the columns need to know besides the row. */
export interface KubeColumnParts {
  readonly files: readonly KubeconfigFile[];
  readonly contexts: readonly ContextSummary[];
  /** By {@link keyOf}; empty until somebody asked. */
  readonly reach: ReadonlyMap<string, KubeServerReach>;
  readonly nowMs: number;
}

/** Columns of the overview. */
export function kubeColumns({
  files,
  contexts,
  reach,
  nowMs,
}: KubeColumnParts): readonly TableColumn<KubeContextSummary>[] {
  const pathOf = (id: string): string => shortPath(files.find((file) => file.id === id)?.path ?? '');
  return [
    { id: 'name', title: 'CONTEXT', text: ({ name }) => showUnseen(name), isFixed: true, extraPx: 72 },
    { id: 'source', title: 'FROM', text: (row) => sourceName(row, contexts) },
    {
      id: 'expiry',
      title: 'CERTIFICATE',
      text: ({ certificate }) => (certificate ? remainingOf(certificate, nowMs).text : ''),
      sortBy: ({ certificate }) => certificate?.notAfterMs,
    },
    { id: 'server', title: 'API SERVER', text: ({ server }) => server, isMono: true },
    ...(reach.size === 0
      ? []
      : [{ id: 'reach', title: 'FROM HERE', text: (row: KubeContextSummary) => reachWords(reach.get(keyOf(row))) }]),
    ...(files.length > 1 ? [{ id: 'file', title: 'FILE', text: ({ file }: KubeContextSummary) => pathOf(file) }] : []),
    { id: 'cluster', title: 'CLUSTER', text: ({ cluster }) => showUnseen(cluster) },
    { id: 'user', title: 'USER', text: ({ user }) => showUnseen(user) },
    { id: 'signIn', title: 'SIGNS IN WITH', text: signInWords },
    { id: 'namespace', title: 'NAMESPACE', text: ({ namespace }) => namespace },
  ];
}

/** How a row signs in; a program is spelled out. */
const signInWords = ({ signIn, runs }: KubeContextSummary): string =>
  runs === undefined ? SIGN_IN_WORD[signIn] : `${SIGN_IN_WORD[signIn]}: ${showUnseen(runs)}`;

/** Name of the Talos context a row comes from; '' when it is none's. */
function sourceName({ source }: KubeContextSummary, contexts: readonly ContextSummary[]): string {
  const context = source && contexts.find(({ id }) => id === source.context);
  if (!context) return '';
  return source?.by === 'address' ? `${contextName(context)} · by address` : contextName(context);
}

export function reachWords(reach: KubeServerReach | undefined): string {
  if (!reach) return '';
  return reach.isReachable ? 'answers' : (reach.why ?? 'no answer');
}

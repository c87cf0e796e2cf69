import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { contextName, shortPath } from '../../lib/context-names.ts';
import { remainingOf } from '../../lib/format.ts';
import { authWords, problemLine, rolesOf } from '../../lib/words.ts';

export function contextColumns(nowMs: number, hasSeveralFiles = false): readonly TableColumn<ContextSummary>[] {
  return [
    { id: 'name', title: 'CONTEXT', text: contextName, isFixed: true, extraPx: 84 },
    ...(hasSeveralFiles
      ? [{ id: 'file', title: 'FILE', text: ({ file }: ContextSummary) => shortPath(file), isMono: true }]
      : []),
    { id: 'role', title: 'ROLE', text: rolesOf, isMono: true, widthPx: 120 },
    {
      id: 'expiry',
      title: 'CERTIFICATE',
      text: ({ certificate }) => (certificate ? remainingOf(certificate, nowMs).text : ''),
      sortBy: ({ certificate }) => certificate?.notAfterMs,
      align: 'end',
      widthPx: 152,
    },
    { id: 'problem', title: 'PROBLEM', text: (context) => problemLine(context) ?? '', widthPx: 260 },
    {
      id: 'endpoints',
      title: 'ENDPOINTS',
      text: ({ endpoints }) => String(endpoints.length),
      sortBy: ({ endpoints }) => endpoints.length,
      align: 'end',
      widthPx: 104,
    },
    { id: 'auth', title: 'SIGNS IN WITH', text: authWords },
    { id: 'cluster', title: 'CLUSTER', text: ({ cluster }) => cluster ?? '' },
  ];
}

import { getContext, setContext } from 'svelte';
import type { TableFilter } from '../../../state/tables/table-filter.svelte.ts';

const KEY = Symbol('filter memory');

/** For what shows answers and wants their filter kept. */
export function setFilterMemory(memory: TableFilter): void {
  setContext(KEY, memory);
}

/** Undefined where nobody keeps it. */
export function getFilterMemory(): TableFilter | undefined {
  return getContext<TableFilter | undefined>(KEY);
}

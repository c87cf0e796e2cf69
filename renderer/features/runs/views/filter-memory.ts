import { getContext, setContext } from 'svelte';

/** What the table of answers is filtered by, kept by what shows it while the table itself comes and goes. */
export interface FilterMemory {
  text: string;
}

const KEY = Symbol('filter memory');

/** For what shows answers and wants their filter kept. */
export function setFilterMemory(memory: FilterMemory): void {
  setContext(KEY, memory);
}

/** Undefined where nobody keeps it. */
export function getFilterMemory(): FilterMemory | undefined {
  return getContext<FilterMemory | undefined>(KEY);
}

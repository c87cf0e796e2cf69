import type { MachineDisk } from './machine-disk.ts';

/** What may change on a machine while it runs, and outlasts its boots. */
export class MachineState {
  readonly #onChange: (what: 'machine-config' | 'disks') => void;
  #config: string | null = null;
  #disks: readonly MachineDisk[];

  /** `disks` are those it is built with, the one Talos runs from first. */
  constructor(disks: readonly MachineDisk[], onChange: (what: 'machine-config' | 'disks') => void) {
    this.#disks = disks;
    this.#onChange = onChange;
  }

  /** The machine config it was given, to the byte; null while it runs with the one that follows from the cluster. */
  get config(): string | null {
    return this.#config;
  }

  setConfig(text: string | null): void {
    this.#config = text;
    this.#onChange('machine-config');
  }

  /** Without the first one it could not run: it stays. */
  get disks(): readonly MachineDisk[] {
    return this.#disks;
  }

  /** Puts further disks in, or takes them out. Throws for one that has the name of another. */
  setMoreDisks(more: readonly MachineDisk[]): void {
    const disks = [...this.#disks.slice(0, 1), ...more];
    if (new Set(disks.map(({ name }) => name)).size < disks.length) throw new Error('Two disks have one name.');
    this.#disks = disks;
    this.#onChange('disks');
  }
}

import { ImageStore } from './image-store.ts';
import type { SimulatedArray, MachineDisk, SimulatedGroup } from './machine-disk.ts';

/** What of it changed. */
export type MachineChange = 'machine-config' | 'disks' | 'meta' | 'containers';

/** What may change on a machine while it runs, and outlasts its boots. */
export class MachineState {
  readonly #onChange: (what: MachineChange) => void;
  readonly images = new ImageStore();
  readonly #meta = new Map<number, string>();
  readonly #restarts = new Map<string, number>();
  #config: string | null = null;
  #disks: readonly MachineDisk[];
  #groups: readonly SimulatedGroup[] = [];
  #arrays: readonly SimulatedArray[] = [];

  /** `disks` are those it is built with, the one Talos runs from first. */
  constructor(disks: readonly MachineDisk[], onChange: (what: MachineChange) => void) {
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

  get groups(): readonly SimulatedGroup[] {
    return this.#groups;
  }

  get arrays(): readonly SimulatedArray[] {
    return this.#arrays;
  }

  /** Puts further disks in, or takes them out. Throws for one that has the name of another. */
  setMoreDisks(more: readonly MachineDisk[]): void {
    const disks = [...this.#disks.slice(0, 1), ...more];
    if (new Set(disks.map(({ name }) => name)).size < disks.length) throw new Error('Two disks have one name.');
    this.#disks = disks;
    this.#onChange('disks');
  }

  /** The groups of LVM and the arrays that its disks are in. */
  setGroups(groups: readonly SimulatedGroup[], arrays: readonly SimulatedArray[] = []): void {
    this.#groups = groups;
    this.#arrays = arrays;
    this.#onChange('disks');
  }

  /** What META holds, by key. */
  get meta(): ReadonlyMap<number, string> {
    return this.#meta;
  }

  /** Undefined deletes the key. */
  setMeta(key: number, value: string | undefined): void {
    if (value === undefined) this.#meta.delete(key);
    else this.#meta.set(key, value);
    this.#onChange('meta');
  }

  /** How often the process of a container was ended: each time another one begins. */
  restartsOf(container: string): number {
    return this.#restarts.get(container) ?? 0;
  }

  restart(container: string): void {
    this.#restarts.set(container, this.restartsOf(container) + 1);
    this.#onChange('containers');
  }
}

import type { Clock } from '../../lib/clock.ts';
import { ConfigStore } from './config-store.ts';
import { ImageStore } from './image-store.ts';
import {
  systemPartitions,
  type DiskPartition,
  type MachineDisk,
  type SimulatedArray,
  type SimulatedGroup,
} from './machine-disk.ts';

/** What of it changed. */
export type MachineChange = 'machine-config' | 'disks' | 'meta' | 'containers';

/** What a reset wipes. */
export interface WipedByReset {
  /** The disk of Talos with everything on it. */
  readonly isWhole: boolean;
  /** Volumes of that disk. */
  readonly volumes: readonly string[];
  /** Paths of user disks: `/dev/sdb`. */
  readonly userDisks: readonly string[];
}

/** What may change on a machine while it runs, and outlasts its boots. */
export class MachineState {
  readonly #onChange: (what: MachineChange) => void;
  readonly images = new ImageStore();
  /** The machine configs it was given. */
  readonly configs: ConfigStore;
  readonly #meta = new Map<number, string>();
  readonly #restarts = new Map<string, number>();
  readonly #wipes = new Map<string, number>();
  #disks: readonly MachineDisk[];
  #groups: readonly SimulatedGroup[] = [];
  #arrays: readonly SimulatedArray[] = [];

  /** `disks` are those it is built with, the one Talos runs from first. */
  constructor(disks: readonly MachineDisk[], clock: Clock, onChange: (what: MachineChange) => void) {
    this.configs = new ConfigStore(clock, () => onChange('machine-config'));
    this.#disks = disks;
    this.#onChange = onChange;
  }

  /** Gives it another machine config, to the byte; null: the one that follows from the cluster. */
  setConfig(text: string | null): void {
    this.configs.set(text);
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

  /**
   * A reset wiped this: the whole disk of Talos or those of its volumes, and user disks by their paths. The disk of Talos has nothing on
   * it then until {@link install}.
   */
  wipe({ isWhole, volumes, userDisks }: WipedByReset): void {
    const [system, ...more] = this.#disks;
    if (system === undefined) return;
    const emptied = (partition: DiskPartition): DiskPartition => {
      const { label: _label, mountedOn: _mounted, ...bare } = partition;
      return volumes.includes(partition.volume ?? '') ? { ...bare, content: '' } : partition;
    };
    const partitions = isWhole ? [] : (system.partitions ?? systemPartitions(system)).map(emptied);
    this.#disks = [
      { ...system, partitions },
      ...more.map((disk) => {
        if (!userDisks.includes(`/dev/${disk.name}`)) return disk;
        const { content: _content, label: _label, partitions: _partitions, ...bare } = disk;
        return bare;
      }),
    ];
    for (const { volume } of isWhole ? systemPartitions(system) : partitions)
      if (volume !== undefined && (isWhole || volumes.includes(volume)))
        this.#wipes.set(volume, this.timesWiped(volume) + 1);
    if (isWhole || volumes.includes('STATE')) this.configs.set(null);
    if (isWhole || volumes.includes('META')) this.#meta.clear();
    this.#onChange('disks');
  }

  /** How often a volume was wiped: each time it is formatted anew. */
  timesWiped(volume: string): number {
    return this.#wipes.get(volume) ?? 0;
  }

  /** Talos makes its own volumes on its disk again, as it does when it starts. */
  install(): void {
    const [system, ...more] = this.#disks;
    if (system?.partitions === undefined) return;
    const own = systemPartitions(system);
    const others = system.partitions.filter(({ number }) => own.every((each) => each.number !== number));
    this.#disks = [{ ...system, partitions: [...own, ...others] }, ...more];
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

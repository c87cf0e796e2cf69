/** A disk that is built into a machine. */
export interface MachineDisk {
  /** As the kernel names it: `nvme0n1`. */
  readonly name: string;
  readonly bytes: number;
  readonly model: string;
  readonly serial: string;
}

import type { Clock } from '../../lib/clock.ts';
import { leaderAmong, isAway } from '../etcd/leader.ts';
import { steadyHex } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** A member of etcd. */
export interface EtcdMember {
  /** 64 bits in 16 hexadecimal digits, as etcd shows them; a machine that joins again gets another. */
  readonly hex: string;
  /** The machine it runs on. */
  readonly node: VirtualNode;
  /** It follows and does not vote yet. */
  readonly isLearner: boolean;
}

/** The id of a member in decimal, as a uint64 field takes it. */
export const etcdMemberId = ({ hex }: Pick<EtcdMember, 'hex'>): string => String(BigInt(`0x${hex}`));

/** How an etcd begins, and at what pace. */
export interface EtcdBeginning {
  readonly clock: Clock;
  /** False: no control plane has data of etcd yet, and each waits to be bootstrapped. */
  readonly isBootstrapped: boolean;
  /** How long each step of a member that begins takes. */
  readonly stepMs: number;
}

/**
 * Which control planes are members of etcd, in the order etcd lists them, and on whose disk its data lies. A machine that starts without
 * data joins by itself, as Talos has it: as a learner that votes a moment later, unless etcd lists a member of it already or has no
 * quorum. Every node hears of a change.
 */
export class EtcdMembership {
  readonly #nodes: readonly VirtualNode[];
  readonly #beginning: EtcdBeginning;
  /** On whose disk the data of this etcd lies. */
  readonly #data = new Set<VirtualNode>();
  /** Snapshots that were sent to be recovered from, until somebody is bootstrapped. */
  readonly #sent = new Map<VirtualNode, Buffer>();
  #members: readonly EtcdMember[];
  #joins = 0;
  /** As which version its data is stored: an older one once a downgrade is allowed. */
  storageVersion = '3.6.0';
  /** Who was made the leader last. */
  #leader: VirtualNode | undefined;
  /** What it was recovered from, if it was. */
  recoveredFrom: Buffer | undefined;

  /** At first every control plane votes, or none. */
  constructor(nodes: readonly VirtualNode[], beginning: EtcdBeginning) {
    this.#nodes = nodes;
    this.#beginning = beginning;
    const controlPlanes = nodes.filter((node) => node.role === 'controlplane');
    this.#members = beginning.isBootstrapped
      ? controlPlanes.map((node) => ({
          hex: steadyHex(16, node.facts.seed, node.name, 'etcd'),
          node,
          isLearner: false,
        }))
      : [];
    for (const node of controlPlanes) {
      if (beginning.isBootstrapped) this.#data.add(node);
      else node.services.hold('etcd');
      node.onEtcd = (what) => (what === 'wiped' ? this.wipe(node) : this.#booted(node));
    }
  }

  get members(): readonly EtcdMember[] {
    return this.#members;
  }

  /** Who leads as long as it can; undefined: whoever is first. */
  get leader(): VirtualNode | undefined {
    return this.#leader;
  }

  /** Data of etcd lies on its disk. */
  hasData(node: VirtualNode): boolean {
    return this.#data.has(node);
  }

  /** Makes a member the leader. */
  lead(node: VirtualNode): void {
    this.#leader = node;
    this.#set(this.#members);
  }

  /** The member that runs on a machine. */
  memberOn(node: VirtualNode): EtcdMember | undefined {
    return this.#members.find((member) => member.node === node);
  }

  /** The same if its data is there, without which it cannot run. */
  runningOn(node: VirtualNode): EtcdMember | undefined {
    return this.hasData(node) ? this.memberOn(node) : undefined;
  }

  /** A control plane joins as a learner, with a new id. Throws for a worker, and for one that is a member. */
  join(node: VirtualNode): EtcdMember {
    if (node.role !== 'controlplane') throw new Error(`${node.name} is a worker.`);
    if (this.memberOn(node) !== undefined) throw new Error(`${node.name} is a member already.`);
    if (node.services.isHeld('etcd')) node.services.recover('etcd');
    return this.#join(node);
  }

  /** A learner votes from now on. False when there is no such member. */
  promote(hex: string): boolean {
    if (!this.#members.some((member) => member.hex === hex)) return false;
    this.#set(this.#members.map((member) => (member.hex === hex ? { ...member, isLearner: false } : member)));
    return true;
  }

  /** False when there is no such member. */
  remove(hex: string): boolean {
    const left = this.#members.filter((member) => member.hex !== hex);
    if (left.length === this.#members.length) return false;
    this.#set(left);
    return true;
  }

  /** The data on its disk is gone; a member of it stays in the list until somebody removes it. */
  wipe(node: VirtualNode): void {
    this.#data.delete(node);
    this.#set(this.#members);
  }

  /** It was wiped and is back: its etcd has no data. */
  empty(node: VirtualNode): void {
    this.wipe(node);
    this.#booted(node);
  }

  /** Keeps a snapshot that a machine was sent. */
  takeSnapshot(node: VirtualNode, bytes: Buffer): void {
    this.#sent.set(node, bytes);
  }

  /** The snapshot that a machine was sent. */
  sentTo(node: VirtualNode): Buffer | undefined {
    return this.#sent.get(node);
  }

  /** A new etcd begins on this machine, whose only member it is; the others that have no data join it. */
  bootstrap(node: VirtualNode, from?: Buffer): void {
    this.recoveredFrom = from;
    this.#sent.clear();
    this.#data.clear();
    this.#data.add(node);
    this.#leader = undefined;
    this.#set([{ ...this.#newMember(node), isLearner: false }]);
    node.services.bringUp('etcd', this.#beginning.stepMs);
    for (const other of this.#nodes) if (other !== node && other.services.isHeld('etcd')) this.#joinLater(other);
  }

  #join(node: VirtualNode): EtcdMember {
    const member = { ...this.#newMember(node), isLearner: true };
    this.#data.add(node);
    this.#set([...this.#members, member]);
    return member;
  }

  #newMember(node: VirtualNode): Omit<EtcdMember, 'isLearner'> {
    this.#joins += 1;
    return { hex: steadyHex(16, node.facts.seed, node.name, 'etcd', this.#joins), node };
  }

  #booted(node: VirtualNode): void {
    if (this.hasData(node) || node.fault?.kind === 'maintenance') return;
    node.services.hold('etcd');
    this.#joinLater(node);
  }

  /** Talos tries to join again and again. */
  #joinLater(node: VirtualNode): void {
    const { clock, stepMs } = this.#beginning;
    clock.after(stepMs, () => {
      const mayJoin = !this.hasData(node) && !isAway(node) && node.services.isHeld('etcd');
      // Until somebody bootstraps there is nobody to join, and that begins it anew.
      if (!mayJoin || this.#members.length === 0) return;
      // A member of before has its address: etcd takes no second one.
      if (this.memberOn(node) !== undefined || leaderAmong(this) === undefined) {
        this.#joinLater(node);
        return;
      }
      const { hex } = this.#join(node);
      node.services.bringUp('etcd', stepMs);
      clock.after(2 * stepMs, () => void this.promote(hex));
    });
  }

  #set(members: readonly EtcdMember[]): void {
    this.#members = members;
    for (const node of this.#nodes) node.hearOfEtcd();
  }
}

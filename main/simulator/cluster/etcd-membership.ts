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

/** Which control planes are members of etcd, in the order etcd lists them. Every node hears of a change. */
export class EtcdMembership {
  readonly #nodes: readonly VirtualNode[];
  #members: readonly EtcdMember[];
  #joins = 0;
  /** As which version its data is stored: an older one once a downgrade is allowed. */
  storageVersion = '3.6.0';
  /** Who was made the leader last. */
  #leader: VirtualNode | undefined;

  /** At first every control plane votes. */
  constructor(nodes: readonly VirtualNode[]) {
    this.#nodes = nodes;
    this.#members = nodes
      .filter((node) => node.role === 'controlplane')
      .map((node) => ({ hex: steadyHex(16, node.facts.seed, node.name, 'etcd'), node, isLearner: false }));
  }

  get members(): readonly EtcdMember[] {
    return this.#members;
  }

  /** Who leads as long as it can; undefined: whoever is first. */
  get leader(): VirtualNode | undefined {
    return this.#leader;
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

  /** A control plane joins as a learner, with a new id. Throws for a worker, and for one that is a member. */
  join(node: VirtualNode): EtcdMember {
    if (node.role !== 'controlplane') throw new Error(`${node.name} is a worker.`);
    if (this.memberOn(node) !== undefined) throw new Error(`${node.name} is a member already.`);
    this.#joins += 1;
    const hex = steadyHex(16, node.facts.seed, node.name, 'etcd', this.#joins);
    const member = { hex, node, isLearner: true };
    this.#set([...this.#members, member]);
    return member;
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

  #set(members: readonly EtcdMember[]): void {
    this.#members = members;
    for (const node of this.#nodes) node.hearOfEtcd();
  }
}

/** How etcd is on one control plane, whether it runs or not. */
export interface ControlPlaneEtcd {
  /** As the machine is reached. */
  readonly node: string;
  readonly name: string;
  /** Why it did not answer, a sentence; missing when it did. Then nothing else is known. */
  readonly failure?: string;
  /** It did not answer, and nobody else says that it is a control plane: it may be a worker. */
  readonly isMaybe?: true;
  /** As the machine says itself. */
  readonly isControlPlane?: boolean;
  /** State of its service of etcd, in Talos's spelling: `Preparing` waits to be bootstrapped or to join. */
  readonly service?: string;
  /** As Talos checked it last; missing until it did, which is some seconds after it has started. */
  readonly isHealthy?: boolean;
  /** What is in its data directory of etcd; missing where the machine does not tell. */
  readonly data?: 'empty' | 'present';
  /** Id of its member, where its etcd answers. */
  readonly member?: string;
  /** The member that it follows or is; missing where it knows none. */
  readonly leader?: string;
  readonly isLearner?: boolean;
  /** How far the log of its member has come. */
  readonly raftIndex?: number;
  /** Its clock follows a time server. */
  readonly isTimeSynced?: boolean;
}

// Original file: proto/cluster/cluster.proto


/**
 * The nodes that should be there; empty means: as the cluster itself discovered them.
 */
export interface ClusterInfo {
  'control_plane_nodes'?: (string)[];
  'worker_nodes'?: (string)[];
  'force_endpoint'?: (string);
}

/**
 * The nodes that should be there; empty means: as the cluster itself discovered them.
 */
export interface ClusterInfo__Output {
  'control_plane_nodes': (string)[];
  'worker_nodes': (string)[];
  'force_endpoint': (string);
}

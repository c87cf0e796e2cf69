// Original file: proto/machine/machine.proto


export interface EtcdMemberListRequest {
  /**
   * What this member believes, without asking the others.
   */
  'query_local'?: (boolean);
}

export interface EtcdMemberListRequest__Output {
  /**
   * What this member believes, without asking the others.
   */
  'query_local': (boolean);
}

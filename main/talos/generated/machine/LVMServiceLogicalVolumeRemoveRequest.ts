// Original file: proto/machine/lvm.proto


export interface LVMServiceLogicalVolumeRemoveRequest {
  'volume_group'?: (string);
  'logical_volume'?: (string);
}

export interface LVMServiceLogicalVolumeRemoveRequest__Output {
  'volume_group': (string);
  'logical_volume': (string);
}

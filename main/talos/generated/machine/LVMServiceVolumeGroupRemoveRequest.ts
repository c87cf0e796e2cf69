// Original file: proto/machine/lvm.proto


export interface LVMServiceVolumeGroupRemoveRequest {
  'volume_group'?: (string);
}

export interface LVMServiceVolumeGroupRemoveRequest__Output {
  'volume_group': (string);
}

// Every service of proto/ by its full name.

import type { AuthServiceDefinition as _auth_AuthService } from './auth/auth.ts';
import type { ClusterServiceDefinition as _cluster_ClusterService } from './cluster/cluster.ts';
import type { StateDefinition as _cosi_resource_State } from './v1alpha1/state.ts';
import type { InspectServiceDefinition as _inspect_InspectService } from './inspect/inspect.ts';
import type { DebugServiceDefinition as _machine_DebugService } from './machine/debug.ts';
import type { ImageServiceDefinition as _machine_ImageService } from './machine/image.ts';
import type { LVMServiceDefinition as _machine_LVMService } from './machine/lvm.ts';
import type { LifecycleServiceDefinition as _machine_LifecycleService } from './machine/lifecycle.ts';
import type { MDServiceDefinition as _machine_MDService } from './machine/md.ts';
import type { MachineServiceDefinition as _machine_MachineService } from './machine/machine.ts';
import type { StorageServiceDefinition as _machine_StorageService } from './machine/storage.ts';
import type { StorageServiceDefinition as _storage_StorageService } from './storage/storage.ts';
import type { TimeServiceDefinition as _time_TimeService } from './time/time.ts';

export interface Services {
  'auth.AuthService': _auth_AuthService;
  'cluster.ClusterService': _cluster_ClusterService;
  'cosi.resource.State': _cosi_resource_State;
  'inspect.InspectService': _inspect_InspectService;
  'machine.DebugService': _machine_DebugService;
  'machine.ImageService': _machine_ImageService;
  'machine.LVMService': _machine_LVMService;
  'machine.LifecycleService': _machine_LifecycleService;
  'machine.MDService': _machine_MDService;
  'machine.MachineService': _machine_MachineService;
  'machine.StorageService': _machine_StorageService;
  'storage.StorageService': _storage_StorageService;
  'time.TimeService': _time_TimeService;
}

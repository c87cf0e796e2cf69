import { resources } from './resource-type.ts';

/** Processors and memory. */
export const hardwareTypes = [
  resources({
    type: 'Processors.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) => [
      {
        id: 'CPU-0',
        spec: {
          socket: 'CPU 0',
          manufacturer: profile.cpuVendor,
          productName: profile.cpuModel,
          maxSpeedMhz: 3400,
          bootSpeedMhz: 2850,
          status: 65,
          coreCount: profile.cpuCount / 2,
          coreEnabled: profile.cpuCount / 2,
          threadCount: profile.cpuCount,
        },
      },
    ],
  }),
  resources({
    type: 'MemoryModules.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) =>
      ['A1', 'B1'].map((slot) => ({
        id: `DIMM-${slot}`,
        spec: {
          sizeMiB: Math.round(profile.memoryKb / 1024 / 0.974 / 2),
          deviceLocator: `DIMM_${slot}`,
          bankLocator: 'P0_Node0',
          speed: 3200,
          manufacturer: 'Micron Technology',
          productName: '18ASF4G72PDZ-3G2E1',
        },
      })),
  }),
  resources({
    type: 'SystemInformations.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) => [
      {
        id: 'systeminformation',
        spec: {
          manufacturer: profile.manufacturer,
          productName: profile.product,
          version: '0123456789',
          serialnumber: profile.serial,
          uuid: profile.uuid,
          wakeUpType: 'Power Switch',
          skuNumber: 'To be filled by O.E.M.',
        },
      },
    ],
  }),
];

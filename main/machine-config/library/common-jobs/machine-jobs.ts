import type { CommonJob } from './common-job.ts';

const IMAGE = {
  INSTALLER: {
    about:
      'An installer of Image Factory with the extensions, such as factory.talos.dev/metal-installer/<schematic>:v1.13.2.',
  },
};
const SYSCTL = {
  SYSCTL: { about: 'The name with dots, such as vm.max_map_count.' },
  VALUE: { about: 'What it is set to.' },
};
const MODULE = { MODULE: { about: 'The name of the module, such as nbd. It has to be in the image of Talos.' } };

/** Disks, the kernel, certificates and what is installed. */
export const MACHINE_JOBS: readonly CommonJob[] = [
  {
    id: 'disk-volume',
    name: 'Extra disk volume',
    about:
      'A volume for workloads, mounted below /var/mnt. Talos makes a partition for it on a disk that has room, and never takes away what is there.',
    forms: [
      {
        ...{ kind: 'UserVolumeConfig', since: 11, oldSections: ['machine.disks'] },
        text: `apiVersion: v1alpha1
kind: UserVolumeConfig
name: \${NAME}
provisioning:
    diskSelector:
        match: \${DISKS}
    minSize: \${SIZE}
`,
        variables: {
          NAME: { about: 'The volume is mounted at /var/mnt/<name>; letters, digits and dashes.' },
          DISKS: { about: 'Which disks may be used, as an expression.', initial: '!system_disk' },
          SIZE: { about: 'The least size, such as 100GiB.' },
        },
      },
      {
        text: `machine:
    disks:
        - device: \${DEVICE}
          partitions:
              - mountpoint: \${PLACE}
`,
        variables: {
          DEVICE: { about: 'An empty disk, such as /dev/sdb. Talos partitions it.' },
          PLACE: { about: 'Where it is mounted, below /var.', initial: '/var/mnt/data' },
        },
      },
    ],
  },
  {
    id: 'sysctl',
    name: 'Sysctl',
    about: 'Sets a parameter of the kernel.',
    forms: [
      {
        ...{ kind: 'SysctlConfig', since: 14, oldSections: ['machine.sysctls'] },
        text: `apiVersion: v1alpha1
kind: SysctlConfig
params:
    \${SYSCTL}: \${VALUE}
`,
        variables: SYSCTL,
      },
      {
        text: `machine:
    sysctls:
        \${SYSCTL}: \${VALUE}
`,
        variables: SYSCTL,
      },
    ],
  },
  {
    id: 'kernel-module',
    name: 'Kernel module',
    about: 'Loads a module of the kernel. Those that are not part of Talos come with a system extension.',
    forms: [
      {
        ...{ kind: 'KernelModuleConfig', since: 14, oldSections: ['machine.kernel.modules'] },
        text: `apiVersion: v1alpha1
kind: KernelModuleConfig
name: \${MODULE}
`,
        variables: MODULE,
      },
      {
        text: `machine:
    kernel:
        modules:
            - name: \${MODULE}
`,
        variables: MODULE,
      },
    ],
  },
  {
    id: 'talos-san',
    name: 'Name in the certificate of the Talos API',
    about: 'A further name or address by which talosctl and Minos reach this machine.',
    forms: [
      {
        text: `machine:
    certSANs:
        - \${SAN}
`,
        variables: { SAN: { about: 'A name or address, such as talos.example.org.' } },
      },
    ],
  },
  {
    id: 'installer-image',
    name: 'Extensions, by the installer image',
    about:
      'System extensions are part of the installer image. The config only says which image a new installation takes: a machine that runs gets them with the next upgrade to that image.',
    forms: [
      {
        ...{ kind: 'UnattendedInstallConfig', since: 14, isAddedTo: true, oldSections: ['machine.install'] },
        text: `apiVersion: v1alpha1
kind: UnattendedInstallConfig
installer:
    image: \${INSTALLER}
`,
        variables: IMAGE,
      },
      {
        text: `machine:
    install:
        image: \${INSTALLER}
`,
        variables: IMAGE,
      },
    ],
  },
];

import type { FieldWords } from './field-words.ts';

/** The machine section of the v1alpha1 document. */
export const MACHINE: FieldWords = {
  'v1alpha1.Config': {
    version: 'Always v1alpha1. It does not tell which version of Talos the config is for.',
    debug: 'Sends the log of Talos services to the console as well. Useful on a serial line, noisy anywhere else.',
    persist: 'Has to be true: a config that is not kept on the disk is refused.',
    machine: 'What this machine is, independent of the cluster: its role, disks, network and system settings.',
    cluster: 'What all machines of the cluster share: its endpoint, certificates and the parts of Kubernetes.',
  },
  'v1alpha1.MachineConfig': {
    type: 'controlplane or worker. It cannot be changed later: the machine has to be reset to become the other.',
    token:
      'With it a machine proves that it belongs to the cluster when it asks for its Talos certificate. The same on all machines.',
    ca: 'The authority of the Talos API. Control planes have its key, workers only the certificate.',
    acceptedCAs: 'Further authorities whose Talos certificates are accepted, as while an authority is being replaced.',
    certSANs:
      'Further names and addresses in the certificate of the Talos API: those by which clients reach the machine.',
    controlPlane: 'Switches off the controller manager or the scheduler on this control plane.',
    kubelet: 'The kubelet of this machine: its image, arguments, mounts and configuration.',
    pods: 'Static pods that the kubelet runs without the API server.',
    network: 'Names, links, addresses and routes of the machine. Without it Talos asks DHCP on physical links.',
    disks: 'Disks that Talos partitions, formats and mounts for workloads. Only empty disks are taken.',
    install: 'Where Talos is installed and from which image. An upgrade names its image itself.',
    files:
      'Files that are written before services start. Most of the root is read-only: they have to lie below /var, or be parts of configurations that Talos reads.',
    env: 'Environment variables for the services of Talos, such as the proxy for pulling images.',
    time: 'Where the machine gets its time from. Certificates need a clock that is right.',
    sysctls: 'Parameters of the kernel, by their names with dots. Values are texts: put numbers in quotes.',
    sysfs: 'Values to write below /sys, with dots in the place of slashes.',
    registries: 'From where images are pulled: mirrors, and how to sign in to registries and trust them.',
    systemDiskEncryption:
      'Encrypts the STATE or EPHEMERAL partition. It takes effect when that partition is made, so mostly only at installation.',
    features: 'Parts of Talos that can be switched on or off.',
    udev: 'Rules of udev for devices, as lines of their own.',
    logging: 'Where the logs of Talos services are sent, besides being kept on the machine.',
    kernel: 'Modules of the kernel that are loaded at the start.',
    seccompProfiles: 'Profiles that pods may name to have their system calls filtered.',
    baseRuntimeSpecOverrides: 'Changes what every container is started with, such as its limits for open files.',
    nodeLabels: 'Labels of the node in Kubernetes. Talos keeps them, and takes away those that leave this list.',
    nodeAnnotations: 'Annotations of the node in Kubernetes, kept by Talos.',
    nodeTaints:
      'Taints of the node in Kubernetes as key: value:Effect, given when the node registers; on control planes Talos keeps them.',
  },
  'v1alpha1.InstallConfig': {
    disk: 'The disk that Talos is installed on. What is on it may be wiped; prefer a name below /dev/disk/by-id where disks change places.',
    diskSelector:
      'Finds the disk by what it is (size, model, serial) in the place of a fixed name. The first that fits is taken.',
    image:
      'The installer: it decides the version of Talos and, by Image Factory, its extensions. Upgrades name their image themselves.',
    wipe: 'Wipes the disk before installing. Without it, partitions that are there already may be kept.',
    extraKernelArgs:
      'Further arguments for the kernel. Ignored where the machine boots a unified kernel image, whose arguments are part of the image.',
    extensions: 'System extensions to be added while installing. Talos warns of it: extensions belong into the image.',
    legacyBIOSSupport: 'Marks the partition bootable for firmware that needs it.',
    grubUseUKICmdline:
      'GRUB takes the arguments of the kernel from the image, so that they change with upgrades; extraKernelArgs cannot stand beside it.',
  },
  'v1alpha1.InstallDiskSelector': {
    size: 'The size with a comparison, such as >= 100GB.',
    model: 'The model that the disk tells; * stands for anything.',
    serial: 'The serial number of the disk.',
    wwid: 'The world-wide name of the disk, as /sys tells it.',
    type: 'ssd, hdd, nvme or sd.',
    busPath: 'Where the disk is plugged in, as a path of the bus; * stands for anything.',
  },
  'v1alpha1.KubeletConfig': {
    image: 'The image of the kubelet: its tag is the version of Kubernetes on this machine.',
    clusterDNS: 'Addresses of the cluster DNS in the place of the one that follows from the service subnets.',
    extraArgs: 'Flags for the kubelet without their dashes. Those that Talos sets itself cannot be overridden.',
    extraMounts: 'Paths of the machine that the container of the kubelet can use, as plugins for storage need them.',
    extraConfig: 'Fields of the KubeletConfiguration, such as maxPods. Some are fixed by Talos and refused.',
    credentialProviderConfig: 'Lets the kubelet ask a program for credentials when it pulls images.',
    defaultRuntimeSeccompProfileEnabled: 'Pods that name no seccomp profile get the one of the container runtime.',
    registerWithFQDN: 'The node registers with its full name and domain. Changing it makes another node.',
    nodeIP: 'Which addresses of the machine become those of its node.',
    skipNodeRegistration: 'The kubelet runs without a node in Kubernetes: only static pods.',
    disableManifestsDirectory: 'The kubelet does not read static pods from a folder; those of this config still run.',
  },
  'v1alpha1.KubeletNodeIPConfig': {
    validSubnets:
      'Subnets in which the address of the node has to lie; one with ! in front excludes. Needed where a machine has several networks.',
  },
  'v1alpha1.TimeConfig': {
    disabled: 'Talos does not set the clock. Something else has to.',
    servers: 'NTP servers, by name or address; a path such as /dev/ptp0 is a clock of the hypervisor.',
    bootTimeout: 'How long the start waits for the time. 0 waits for ever.',
  },
  'v1alpha1.RegistriesConfig': {
    mirrors: 'By the name of a registry: the endpoints that are asked in its place. * goes for all others.',
    config: 'By the host of an endpoint: how to sign in there, and which certificates to trust.',
  },
  'v1alpha1.RegistryMirrorConfig': {
    endpoints: 'URLs that are tried in their order, and the registry itself at last.',
    overridePath: 'The endpoint has the whole path already: /v2 is not put behind it.',
    skipFallback: 'When no endpoint has an image, the registry itself is not asked.',
  },
  'v1alpha1.RegistryTLSConfig': {
    ca: 'The authority that signed the certificate of the registry, as base64 of PEM.',
    insecureSkipVerify: 'Takes any certificate of the registry. Whoever stands between can hand out other images.',
  },
  'v1alpha1.FeaturesConfig': {
    rbac: 'Roles of certificates are obeyed. Newer configs do without this field.',
    stableHostname: 'The name that Talos makes up follows from the identity of the machine, and stays.',
    kubernetesTalosAPIAccess: 'Lets pods of chosen namespaces ask the Talos API, with roles of their own.',
    diskQuotaSupport: 'Counts what pods write to EPHEMERAL without walking through their files.',
    kubePrism:
      'A load balancer on the machine itself, by which its components reach the API servers also when an outer one is down.',
    hostDNS: 'A resolver on the machine that caches answers, and can serve pods as well.',
    nodeAddressSortAlgorithm: 'Whether addresses are sorted as they always were (v1) or more specific ones first (v2).',
  },
  'v1alpha1.KubePrism': { port: 'The port on localhost; 7445 unless it is taken.' },
  'v1alpha1.HostDNSConfig': {
    enabled: 'Runs the resolver on the machine.',
    forwardKubeDNSToHost:
      'CoreDNS asks the resolver of the machine in the place of the servers beyond. It needs enabled.',
    resolveMemberNames: 'Names of the members of the cluster are answered from discovery.',
  },
  'v1alpha1.KubernetesTalosAPIAccessConfig': {
    enabled: 'Allows it, on control planes only.',
    allowedRoles: 'Roles of the Talos API that pods may get, such as os:reader.',
    allowedKubernetesNamespaces: 'Namespaces whose pods may ask for them.',
  },
  'v1alpha1.LoggingDestination': {
    endpoint: 'Where logs go, as tcp://host:port or udp://host:port.',
    format: 'json_lines: each line is a JSON object.',
    extraTags: 'Fields that are added to every line.',
  },
  'v1alpha1.KernelModuleConfig': {
    name: 'The module, as modprobe calls it. It has to be part of the image or of an extension.',
    parameters: 'Its parameters as key=value.',
  },
  'v1alpha1.MachineDisk': {
    device: 'The disk, such as /dev/sdb. It has to be empty, or partitioned by Talos already.',
    partitions: 'Partitions in their order; the last may leave out its size and takes the rest.',
  },
  'v1alpha1.DiskPartition': {
    size: 'The size, such as 100GB. Left out only for the last partition.',
    mountpoint: 'Where it is mounted, below /var.',
  },
  'v1alpha1.MachineFile': {
    content: 'What the file holds. It is shown to whoever may read the config.',
    permissions: 'Its mode, such as 0o644.',
    path: 'Where it lies. Only /var can be written to freely.',
    op: 'create makes it, append adds to it, overwrite replaces it.',
  },
  'v1alpha1.SystemDiskEncryptionConfig': {
    state: 'The partition with the config and the keys of the machine. Its own key cannot lie on itself.',
    ephemeral: 'The partition with images, pods and etcd.',
  },
  'v1alpha1.ExtraMount': {
    destination: 'The path in the container of the kubelet.',
    source: 'The path on the machine.',
    options: 'How it is mounted, such as bind, rshared and rw.',
  },
};

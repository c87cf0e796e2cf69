import type { FieldWords } from './field-words.ts';

/** Documents about images, the kernel, extensions and the system. */
export const RUNTIME: FieldWords = {
  'cri.RegistryMirrorConfigV1Alpha1': {
    name: 'The registry that images name, such as docker.io; * for all others.',
    endpoints: 'What is asked in its place, in this order.',
    skipFallback: 'When no endpoint has an image, the registry itself is not asked.',
  },
  'cri.RegistryEndpoint': {
    url: 'Where the mirror answers.',
    overridePath: 'The URL has the whole path already: /v2 is not put behind it.',
  },
  'cri.RegistryAuthConfigV1Alpha1': {
    name: 'The host of the registry or mirror to sign in to.',
    username: 'Who signs in.',
    password: 'The password, or a token in its place.',
    auth: 'Name and password in one, as base64.',
    identityToken: 'A token that the registry handed out.',
  },
  'cri.RegistryTLSConfigV1Alpha1': {
    name: 'The host of the registry or mirror.',
    ca: 'The authority that signed its certificate, as PEM.',
    clientIdentity: 'A certificate with its key, to show to the registry.',
    insecureSkipVerify: 'Takes any certificate. Whoever stands between can hand out other images.',
  },
  'runtime.UnattendedInstallConfigV1Alpha1': {
    installer: 'From which image Talos is installed. Upgrades name their image themselves.',
    provisioning: 'On which disk.',
  },
  'runtime.InstallerSpec': {
    image: 'The installer: it decides the version of Talos and, by Image Factory, its extensions.',
  },
  'runtime.ProvisioningSpec': {
    diskSelector: 'Which disk is taken. What is on it may be wiped.',
    wipe: 'Wipes the disk before installing.',
  },
  'runtime.DiskSelectorSpec': {
    match: 'An expression that is true for the disk, such as disk.dev_path == "/dev/sda".',
  },
  'runtime.SysctlConfigV1Alpha1': {
    params: 'Parameters of the kernel, by their names with dots. Values are texts: put numbers in quotes.',
  },
  'runtime.SysfsConfigV1Alpha1': { params: 'Values to write below /sys, with dots in the place of slashes.' },
  'runtime.KernelModuleConfigV1Alpha1': {
    name: 'The module, as modprobe calls it. It has to be part of the image or of an extension.',
    parameters: 'Its parameters as key=value.',
  },
  'runtime.EnvironmentV1Alpha1': {
    variables: 'Environment variables for the services of Talos, such as the proxy for pulling images.',
  },
  'runtime.UdevRulesConfigV1Alpha1': { rules: 'Rules of udev for devices, as lines of their own.' },
  'runtime.WatchdogTimerV1Alpha1': {
    device: 'The watchdog, such as /dev/watchdog0: it reboots a machine that hangs.',
    timeout: 'After how long, at least 10s.',
  },
  'runtime.KmsgLogV1Alpha1': { url: 'Where messages of the kernel go, as tcp://host:port or udp://host:port.' },
  'runtime.EventSinkV1Alpha1': { endpoint: 'Where events of Talos are sent, as host:port.' },
  'runtime.OOMV1Alpha1': {
    triggerExpression: 'When something is killed for want of memory, as an expression over what is free.',
    cgroupRankingExpression: 'What is killed first: the group with the highest value.',
  },
  'security.TrustedRootsConfigV1Alpha1': {
    certificates: 'Further authorities, as PEM, that Talos and the pulling of images trust. Pods do not get them.',
  },
  'security.ImageVerificationConfigV1Alpha1': { rules: 'Which images have to be signed, and by whom.' },
  'extensions.ServiceConfigV1Alpha1': {
    name: 'The service that an extension brings.',
    configFiles: 'Files that it finds in its place. Patches find one by its mountPath.',
    environment: 'Environment variables of the service, as KEY=value.',
  },
  'extensions.ConfigFile': {
    content: 'What the file holds.',
    mountPath: 'Where the service finds it.',
  },
  'siderolink.ConfigV1Alpha1': {
    apiUrl: 'Where the machine signs in to be managed. It holds the join token.',
  },
};

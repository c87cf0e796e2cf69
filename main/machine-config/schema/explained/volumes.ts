import type { FieldWords } from './field-words.ts';

/** Documents about disks and volumes. */
export const VOLUMES: FieldWords = {
  'block.VolumeConfigV1Alpha1': {
    name: 'The volume of Talos: STATE, EPHEMERAL, IMAGECACHE and others.',
    provisioning: 'On which disk and how large it is made. Once the volume is there, it can only grow.',
    encryption: 'How it is encrypted. It takes effect when the volume is made.',
    mount: 'How it is mounted.',
  },
  'block.UserVolumeConfigV1Alpha1': {
    name: 'Its name, 1 to 34 letters, digits and dashes: it is mounted at /var/mnt/NAME.',
    volumeType: 'partition (as nothing says), disk for a whole one, or directory for a folder on EPHEMERAL.',
    provisioning: 'On which disk and how large it is made. A volume that is there is found again by its name.',
    filesystem: 'xfs unless something else is said.',
    encryption: 'How it is encrypted. It takes effect when the volume is made.',
    mount: 'How it is mounted.',
  },
  'block.RawVolumeConfigV1Alpha1': {
    name: 'Its name; the partition is called r-NAME.',
    provisioning: 'On which disk and how large it is made. It is neither formatted nor mounted.',
  },
  'block.SwapVolumeConfigV1Alpha1': {
    name: 'Its name; the partition is called s-NAME.',
    provisioning: 'On which disk and how large it is made. The kubelet has to be told to allow swap.',
  },
  'block.ExistingVolumeConfigV1Alpha1': {
    name: 'Its name: it is mounted at /var/mnt/NAME.',
    discovery: 'Finds a volume that is there already. Talos never formats it.',
  },
  'block.ProvisioningSpec': {
    diskSelector: 'Which disks may be used. The first that fits and has room is taken.',
    grow: 'It takes the room that is left on its disk, up to maxSize.',
    minSize: 'The least size, such as 10GiB: a disk with less room is passed over.',
    maxSize: 'The most it takes, as a size or as a share of the disk.',
  },
  'block.DiskSelector': {
    match: 'An expression that is true for the disk, such as disk.transport == "nvme" && !system_disk.',
  },
  'block.VolumeSelector': { match: 'An expression that is true for the volume, over what was found on it.' },
  'block.FilesystemSpec': { type: 'The filesystem it is formatted with, xfs or ext4.' },
  'block.EncryptionSpec': {
    provider: 'luks2.',
    keys: 'What opens it: each key in a slot of its own. With several, any of them opens it.',
    cipher: 'The cipher, where not the usual one.',
  },
  'block.EncryptionKey': {
    slot: 'The slot of this key, each once.',
    static:
      'A passphrase in the config. Whoever has the STATE volume too can read it there, unless that is encrypted in another way.',
    nodeID: 'Derived from the identity of the machine: it protects a disk that is moved to another one.',
    kms: 'Sealed by a server, which has to answer at each start.',
    tpm: 'Sealed by the TPM of the machine, together with SecureBoot.',
    lockToState: 'Opens only together with the STATE volume of this machine.',
  },
  'block.EncryptionKeyKMS': { endpoint: 'Where the key server answers.' },
  'block.FilesystemTrimConfigV1Alpha1': { interval: 'How often blocks that are free are told to the disks.' },
  'block.ZswapConfigV1Alpha1': { maxPoolPercent: 'The share of memory that compressed swap may take.' },
};

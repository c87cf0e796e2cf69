import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { notFound } from '../endpoint/errors.ts';
import { cpuShare } from '../node/machine-load.ts';
import { steady, wave } from '../wire/random.ts';

const MAX_HZ = 3_400_000;
const MIN_HZ = 800_000;

function cpuInfo({ node: { profile } }: AnswerContext) {
  return Array.from({ length: profile.cpuCount }, (_, processor) => ({
    processor,
    vendor_id: profile.cpuVendor,
    cpu_family: profile.cpuVendor === 'AuthenticAMD' ? '25' : '6',
    model: '1',
    model_name: profile.cpuModel,
    stepping: '1',
    microcode: '0xa0011d5',
    cpu_mhz: 2850,
    cache_size: '512 KB',
    physical_id: '0',
    siblings: profile.cpuCount,
    core_id: String(processor >> 1),
    cpu_cores: profile.cpuCount / 2,
    fpu: 'yes',
    wp: 'yes',
    flags: ['fpu', 'vme', 'sse', 'sse2', 'ht', 'avx', 'avx2', 'aes'],
    bugs: ['spectre_v1', 'spectre_v2'],
    bogo_mips: 5700,
    cl_flush_size: 64,
    cache_alignment: 64,
    address_sizes: '48 bits physical, 48 bits virtual',
  }));
}

function cpuFrequencies({ node, nowMs }: AnswerContext) {
  const share = cpuShare(node, nowMs());
  return Array.from({ length: node.profile.cpuCount }, (_, cpu) => {
    const wobble = 0.8 + 0.4 * wave(nowMs(), node.facts.seed, node.name, 'frequency', cpu);
    const current = Math.min(MAX_HZ, MIN_HZ + (MAX_HZ - MIN_HZ) * share * wobble);
    return {
      current_frequency: String(Math.round(current)),
      minimum_frequency: String(MIN_HZ),
      maximum_frequency: String(MAX_HZ),
      governor: 'schedutil',
    };
  });
}

function mounts({ node }: AnswerContext) {
  const { disk, memoryKb } = node.profile;
  const used = node.ills.volumeShare ?? 0.2 + 0.6 * steady(node.facts.seed, node.name, 'disk-used');
  const mount = (filesystem: string, mountedOn: string, size: number, share: number) => ({
    filesystem,
    size: String(Math.round(size)),
    available: String(Math.round(size * (1 - share))),
    mounted_on: mountedOn,
  });
  const ram = memoryKb * 1024;
  return [
    mount('devtmpfs', '/dev', 4_194_304, 0),
    mount('tmpfs', '/run', ram / 2, 0.002),
    mount('tmpfs', '/system', ram / 2, 0.0001),
    mount('/dev/loop0', '/', 69_730_304, 1),
    mount('tmpfs', '/tmp', 67_108_864, 0),
    mount(`/dev/${disk.name}p5`, '/system/state', 92_094_464, 0.08),
    mount(`/dev/${disk.name}p6`, '/var', disk.bytes * 0.99, used),
    mount('overlay', '/etc/cni', disk.bytes * 0.99, used),
    mount('overlay', '/opt', disk.bytes * 0.99, used),
  ];
}

/** About so many bytes of a file system are one file. */
const BYTES_PER_INODE = 16_384;

/** How full what is mounted on a folder is. */
function statfs(path: string, context: AnswerContext) {
  const mounted = mounts(context).find(({ mounted_on: target }) => target === path);
  if (mounted === undefined) throw notFound(`statfs ${path}: no such file or directory`);
  const [size, available] = [Number(mounted.size), Number(mounted.available)];
  const inodes = Math.floor(size / BYTES_PER_INODE);
  const inodesUsed = Math.floor((inodes * (size - available)) / size / 3);
  return {
    size: mounted.size,
    used: String(size - available),
    available: mounted.available,
    inodes: String(inodes),
    inodes_used: String(inodesUsed),
    inodes_free: String(inodes - inodesUsed),
  };
}

/** What a node is made of. */
export const hardwareAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/CPUInfo', (_request, context) => ({ messages: [{ cpu_info: cpuInfo(context) }] })),
  unary('/machine.MachineService/CPUFreqStats', (_request, context) => ({
    messages: [{ cpu_freq_stats: cpuFrequencies(context) }],
  })),
  unary('/machine.MachineService/Mounts', (_request, context) => ({ messages: [{ stats: mounts(context) }] })),
  unary('/machine.StorageService/Statfs', (request, context) => statfs(request.path, context)),
  unary('/storage.StorageService/Disks', (_request, { node: { machine } }) => ({
    messages: [
      {
        disks: machine.disks.map((disk, index) => ({
          size: String(disk.bytes),
          model: disk.model,
          device_name: `/dev/${disk.name}`,
          serial: disk.serial,
          type: 'NVME' as const,
          bus_path: '/pci0000:00/0000:00:1d.0/0000:03:00.0/nvme',
          system_disk: index === 0,
          subsystem: '/sys/class/block',
        })),
      },
    ],
  })),
];

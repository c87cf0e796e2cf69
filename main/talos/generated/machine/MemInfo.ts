// Original file: proto/machine/machine.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The lines of /proc/meminfo in KiB. Used = memtotal - memfree - cached - buffers.
 */
export interface MemInfo {
  'memtotal'?: (number | string | Long);
  'memfree'?: (number | string | Long);
  'memavailable'?: (number | string | Long);
  'buffers'?: (number | string | Long);
  'cached'?: (number | string | Long);
  'swapcached'?: (number | string | Long);
  'active'?: (number | string | Long);
  'inactive'?: (number | string | Long);
  'activeanon'?: (number | string | Long);
  'inactiveanon'?: (number | string | Long);
  'activefile'?: (number | string | Long);
  'inactivefile'?: (number | string | Long);
  'unevictable'?: (number | string | Long);
  'mlocked'?: (number | string | Long);
  'swaptotal'?: (number | string | Long);
  'swapfree'?: (number | string | Long);
  'dirty'?: (number | string | Long);
  'writeback'?: (number | string | Long);
  'anonpages'?: (number | string | Long);
  'mapped'?: (number | string | Long);
  'shmem'?: (number | string | Long);
  'slab'?: (number | string | Long);
  'sreclaimable'?: (number | string | Long);
  'sunreclaim'?: (number | string | Long);
  'kernelstack'?: (number | string | Long);
  'pagetables'?: (number | string | Long);
  'nfsunstable'?: (number | string | Long);
  'bounce'?: (number | string | Long);
  'writebacktmp'?: (number | string | Long);
  'commitlimit'?: (number | string | Long);
  'committedas'?: (number | string | Long);
  'vmalloctotal'?: (number | string | Long);
  'vmallocused'?: (number | string | Long);
  'vmallocchunk'?: (number | string | Long);
  'hardwarecorrupted'?: (number | string | Long);
  'anonhugepages'?: (number | string | Long);
  'shmemhugepages'?: (number | string | Long);
  'shmempmdmapped'?: (number | string | Long);
  'cmatotal'?: (number | string | Long);
  'cmafree'?: (number | string | Long);
  'hugepagestotal'?: (number | string | Long);
  'hugepagesfree'?: (number | string | Long);
  'hugepagesrsvd'?: (number | string | Long);
  'hugepagessurp'?: (number | string | Long);
  'hugepagesize'?: (number | string | Long);
  'directmap4k'?: (number | string | Long);
  'directmap2m'?: (number | string | Long);
  'directmap1g'?: (number | string | Long);
}

/**
 * The lines of /proc/meminfo in KiB. Used = memtotal - memfree - cached - buffers.
 */
export interface MemInfo__Output {
  'memtotal': (string);
  'memfree': (string);
  'memavailable': (string);
  'buffers': (string);
  'cached': (string);
  'swapcached': (string);
  'active': (string);
  'inactive': (string);
  'activeanon': (string);
  'inactiveanon': (string);
  'activefile': (string);
  'inactivefile': (string);
  'unevictable': (string);
  'mlocked': (string);
  'swaptotal': (string);
  'swapfree': (string);
  'dirty': (string);
  'writeback': (string);
  'anonpages': (string);
  'mapped': (string);
  'shmem': (string);
  'slab': (string);
  'sreclaimable': (string);
  'sunreclaim': (string);
  'kernelstack': (string);
  'pagetables': (string);
  'nfsunstable': (string);
  'bounce': (string);
  'writebacktmp': (string);
  'commitlimit': (string);
  'committedas': (string);
  'vmalloctotal': (string);
  'vmallocused': (string);
  'vmallocchunk': (string);
  'hardwarecorrupted': (string);
  'anonhugepages': (string);
  'shmemhugepages': (string);
  'shmempmdmapped': (string);
  'cmatotal': (string);
  'cmafree': (string);
  'hugepagestotal': (string);
  'hugepagesfree': (string);
  'hugepagesrsvd': (string);
  'hugepagessurp': (string);
  'hugepagesize': (string);
  'directmap4k': (string);
  'directmap2m': (string);
  'directmap1g': (string);
}

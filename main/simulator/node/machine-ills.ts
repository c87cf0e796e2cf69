import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const word = v.pipe(v.string(), v.maxLength(200));

/**
 * What may be wrong with a machine that answers, beside each other. The same shape comes from code and, as JSON, from the control
 * channel of a simulator in its own process.
 */
export const machineIllsSchema = v.object({
  /** What it finds wrong with itself. */
  diagnostics: v.optional(
    v.array(v.object({ id: word, message: v.string(), details: v.optional(v.array(v.string())) })),
  ),
  /** Services by id: stopped with an error, or running with a check that fails; with their last words. */
  services: v.optional(v.record(word, v.object({ state: v.picklist(['failed', 'unhealthy']), message: v.string() }))),
  /** Volumes by id that failed, with their last words. */
  failedVolumes: v.optional(v.record(word, v.string())),
  /** Volume groups of LVM by name that are not as they are configured, and why. */
  wrongVolumeGroups: v.optional(v.record(word, v.string())),
  /** How full its data partition is. */
  volumeShare: v.optional(share),
  /** How much of its memory is in use. */
  memoryShare: v.optional(share),
  /** Its clock goes wrong by so much, on top of what it was made with. */
  clockDriftMs: v.optional(v.pipe(v.number(), v.integer())),
  /** Kubernetes puts nothing new on it. */
  isCordoned: v.optional(v.boolean()),
  /** Name of the program that cordoned it; default: kubectl. */
  cordoner: v.optional(word),
  /** Annotations of its node in Kubernetes beside those of Talos. */
  annotations: v.optional(v.record(word, word)),
  /** Kubernetes calls it not ready, whatever its kubelet says. */
  isNotReadyInKubernetes: v.optional(v.boolean()),
  /** Its kube-apiserver runs and is not ready. */
  isApiServerNotReady: v.optional(v.boolean()),
  /** Exit code of its installer, or that it tells none. */
  installerEnds: v.optional(v.union([v.pipe(v.number(), v.integer()), v.literal('silent')])),
  /** Version of Talos in the boot slot that it does not use. */
  otherSlot: v.optional(word),
  /** Image of an upgrade that waits for the next boot. */
  stagedUpgrade: v.optional(v.string()),
  /** When the certificate that it keeps for etcd ends, epoch milliseconds. Of control planes alone. */
  etcdCertificateEndsMs: v.optional(v.pipe(v.number(), v.integer())),
  /** Discovery does not know it. */
  isUndiscovered: v.optional(v.boolean()),
  /** Its boot does not come to its end, nor so far that it could be bootstrapped. */
  isBootingStill: v.optional(v.boolean()),
  /** Its member of etcd is cut off from the others: it answers, and follows nobody. */
  isCutOffInEtcd: v.optional(v.boolean()),
  /** Size of the database of its etcd, and what of it is in use, in bytes. */
  etcdBytes: v.optional(v.object({ size: v.number(), inUse: v.number() })),
});

/** See {@link machineIllsSchema}. */
export type MachineIlls = v.InferOutput<typeof machineIllsSchema>;

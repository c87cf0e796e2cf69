import type { LibraryPatch } from '../../../../preload/contract/index.ts';
import { isV1Alpha1, type ConfigDocument } from '../../documents/config-document.ts';
import { documentsToShow } from '../../documents/load.ts';
import { talosMinor } from '../../schema/talos-minor.ts';
import { isIn, textIn } from '../../validate/looked-at.ts';
import { isControlPlane } from '../../validate/machine-rules.ts';
import { variablesOf } from '../variables.ts';
import type { CommonJob, JobForm } from './common-job.ts';
import { KUBERNETES_JOBS } from './kubernetes-jobs.ts';
import { MACHINE_JOBS } from './machine-jobs.ts';
import { NETWORK_JOBS } from './network-jobs.ts';

/** What many people do to machine configs. */
export const COMMON_JOBS: readonly CommonJob[] = [...NETWORK_JOBS, ...MACHINE_JOBS, ...KUBERNETES_JOBS];

/** Kinds that `talosctl gen config` writes since a minor version (SPEC-2 G5): of a config without a known version they tell its age. */
const WRITTEN_SINCE: Readonly<Record<string, number>> = {
  HostnameConfig: 12,
  KubeSpanConfig: 13,
  ...{ KubeletConfig: 14, KubeNodeConfig: 14, KubeNetworkConfig: 14, UnattendedInstallConfig: 14, ResolverConfig: 14 },
};

/**
 * The common jobs as patches for a config, each in the form that goes with it: a document of its own where the config has that document, or
 * its Talos knows it and nothing of the kind stands in the v1alpha1 document; else the old field, which every Talos takes. Those for
 * control planes only for these. `version`: of the machine, `v1.13.2`; empty where it is not known. Throws Failed for what is no config.
 */
export function commonJobs(config: string, version: string): readonly LibraryPatch[] {
  const documents = documentsToShow(config);
  const old = documents.find(isV1Alpha1)?.plain;
  const isWorker = old !== undefined && !isControlPlane(textIn(old, 'machine.type'));
  return COMMON_JOBS.filter(({ isForControlPlanes }) => isForControlPlanes !== true || !isWorker).map((job) =>
    shownJob(job, formFor(job, documents, minorOf(version, documents))),
  );
}

/** The form of a job that goes with a config and a minor version of Talos. */
function formFor({ forms }: CommonJob, documents: readonly ConfigDocument[], minor: number): JobForm {
  const old = documents.find(isV1Alpha1)?.plain;
  const has = (kind: string): boolean => documents.some((one) => one.kind.kind === kind);
  const fits = ({ kind, beside = [], since = 0, isAddedTo, oldSections = [] }: JobForm): boolean => {
    if (kind === undefined || [kind, ...beside].some(has)) return true;
    if (isAddedTo === true || minor < since) return false;
    return !oldSections.some((section) => isIn(old, section));
  };
  return forms.find(fits) ?? forms[forms.length - 1] ?? forms[0];
}

/** Of an unknown version what its documents tell: 0 for a config of one document. */
const minorOf = (version: string, documents: readonly ConfigDocument[]): number =>
  talosMinor(version) ?? Math.max(0, ...documents.map(({ kind }) => WRITTEN_SINCE[kind.kind] ?? 0));

const shownJob = ({ id, name, about }: CommonJob, { text, variables }: JobForm): LibraryPatch => ({
  ...{ id, name, about, text },
  variables: variablesOf(text).map((variable) => ({ ...variable, ...variables[variable.name] })),
});

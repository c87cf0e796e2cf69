import { changeConfig } from '../machine-config/change/change-config.ts';
import { makeAlike } from '../machine-config/drift/alike.ts';
import { compareConfigs } from '../machine-config/drift/compare-configs.ts';
import { fillSecrets } from '../machine-config/edit/fill-secrets.ts';
import { judgeEdit } from '../machine-config/edit/judge-edit.ts';
import { commonJobs } from '../machine-config/library/common-jobs/choose-form.ts';
import { withoutSecrets } from '../machine-config/secrets/without-secrets.ts';
import { patchConfig } from '../machine-config/patch/patch-config.ts';
import { readConfig, configInSpec } from '../machine-config/read-config.ts';
import { maskedDiff } from '../machine-config/secrets/masked-diff.ts';
import { checkConfig } from '../machine-config/validate/validate.ts';
import { readingOnce } from '../yaml/parse-blocks.ts';
import { readBlackBox } from './read-black-box.ts';
import { readHandedOut } from '../kubeconfig/handed-out.ts';
import { diffTexts } from '../kubeconfig/kubeconfig-diff.ts';
import { carriedBy } from '../kubeconfig/incoming.ts';
import { mergeIntoText, removeFromText, renameInText } from '../kubeconfig/preview.ts';
import { summarizeKubeconfig } from '../kubeconfig/summary.ts';
import { parseTalosconfig } from '../talosconfig/parse-talosconfig.ts';
import { redactedDiff } from '../yaml/redacted-diff.ts';
import { recogniseText } from '../talosconfig/recognise/recognise-text.ts';
import { allContextContents, contentHashes, editTalosconfig } from '../talosconfig/talosconfig-edit.ts';

/** Work that reads each text once, however often it looks at it. */
const once =
  <Args extends readonly unknown[], Result>(work: (...args: Args) => Result) =>
  (...args: Args): Result =>
    readingOnce(() => work(...args));

/** What is done with the text of a talosconfig, kubeconfig or machine config and takes long for a large one. All pure. */
export const TEXT_WORK = {
  parse: parseTalosconfig,
  edit: editTalosconfig,
  diff: redactedDiff,
  contents: allContextContents,
  contentHashes,
  recognise: recogniseText,
  summarizeKubeconfig,
  readHandedOut,
  mergeKubeconfig: mergeIntoText,
  removeFromKubeconfig: removeFromText,
  renameInKubeconfig: renameInText,
  carriedByKubeconfig: carriedBy,
  diffKubeconfig: diffTexts,
  readBlackBox,
  readConfig: once(readConfig),
  maskedDiff: once(maskedDiff),
  checkConfig: once(checkConfig),
  configInSpec,
  patchConfig: once(patchConfig),
  changeConfig: once(changeConfig),
  withoutSecrets: once(withoutSecrets),
  fillSecrets: once(fillSecrets),
  judgeEdit: once(judgeEdit),
  commonJobs: once(commonJobs),
  compareConfigs: once(compareConfigs),
  makeAlike: once(makeAlike),
} as const;

/** Everything a text worker can do, by name. */
export type TextWork = typeof TEXT_WORK;

/** Name of a job for a text worker. */
export type TextWorkName = keyof TextWork;

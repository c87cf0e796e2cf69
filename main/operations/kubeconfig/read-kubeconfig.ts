import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Failure, Problem } from '../../../preload/contract/index.ts';
import { readCertificateFiles } from '../../kubeconfig/certificate-files.ts';
import { NO_CERTIFICATE_FILES, type CertificateFiles } from '../../kubeconfig/certificates.ts';
import { certificateFilesOf, withCertificateFiles, type KubeconfigSummary } from '../../kubeconfig/summary.ts';
import { decodeText } from '../../files/read-file.ts';
import { looksWhole, readSettled } from '../../files/settled-file.ts';
import { resolveTarget } from '../../files/file-target.ts';
import { isMountedByItself, MOUNTED_WARNING } from '../../files/mounted-file.ts';
import { certificatesByData, type CertificatesByData } from './certificates-by-data.ts';
import type { KubeconfigTexts } from './texts.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';

/** One kubeconfig as it is now. */
export interface ReadKubeconfig {
  readonly path: string;
  readonly exists: boolean;
  readonly isWritable: boolean;
  /** Of the bytes; `missing` when there is no file. */
  readonly sha256: string;
  /** Holds keys; `''` for a missing file. */
  readonly text: Secret;
  readonly problems: readonly Problem[];
  /** Files with certificates that it names. */
  readonly certificateFiles: CertificateFiles;
  /** Facts of the client certificates of its users, by the base64 they are in. */
  readonly facts: CertificatesByData;
  /** What kubectl takes from it, or why nothing. */
  readonly content: KubeconfigSummary | Failure;
}

const NO_CONTENT: KubeconfigSummary = {
  contexts: [],
  clusters: new Map(),
  users: new Map(),
  currentContext: '',
  names: { clusters: [], users: [], contexts: [] },
  references: { clusters: [], users: [] },
};

const NO_FACTS: CertificatesByData = new Map();

/** True where a file was read and understood. */
export const isRead = (content: ReadKubeconfig['content']): content is KubeconfigSummary => 'contexts' in content;

/** Reads one file, once nobody is writing it. Never throws: what is wrong is in `content`. A missing file is an empty one. */
export async function readKubeconfig(path: string, texts: KubeconfigTexts, clock: Clock): Promise<ReadKubeconfig> {
  const isWritable = await canWrite(path);
  const base = {
    path,
    isWritable,
    problems: [],
    text: new Secret(''),
    certificateFiles: NO_CERTIFICATE_FILES,
    facts: NO_FACTS,
  };
  try {
    const { bytes, fingerprint } = await readSettled(path, { clock, isWhole: (bytes) => isWhole(bytes, path, texts) });
    const known = {
      ...base,
      exists: true,
      sha256: fingerprint.sha256,
      problems: [...modeProblems(fingerprint.mode), ...(await mountProblems(path))],
    };
    try {
      const text = decodeText(bytes, path);
      const summary = await texts.summarizeKubeconfig(text, path);
      const certificateFiles = await readCertificateFiles(certificateFilesOf(summary), path, clock);
      const content = withCertificateFiles(summary, certificateFiles);
      const facts = await certificatesByData(content.users.values());
      const problems = [...known.problems, ...repeatedProblems(summary)];
      return { ...known, problems, text: new Secret(text), certificateFiles, facts, content };
    } catch (error) {
      return { ...known, content: failureOf(error) };
    }
  } catch (error) {
    const reason = failureOf(error);
    if (reason.code === 'file-missing') return { ...base, exists: false, sha256: 'missing', content: NO_CONTENT };
    return { ...base, exists: true, sha256: '', content: reason };
  }
}

/** kubectl truncates a file before it writes it: half a file is no YAML, or ends within a line. */
async function isWhole(bytes: Buffer, path: string, texts: KubeconfigTexts): Promise<boolean> {
  if (!looksWhole(bytes)) return false;
  try {
    await texts.summarizeKubeconfig(decodeText(bytes, path), path);
    return true;
  } catch {
    return false;
  }
}

/** The shared readers speak of talosconfigs; here the file is a kubeconfig. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof Failed)) throw error;
  const { failure } = error;
  const word = (text: string): string => text.replaceAll('talosconfig', 'kubeconfig');
  return { ...failure, message: word(failure.message), ...(failure.hint && { hint: word(failure.hint) }) };
}

/** The file, or for a new one the nearest folder above it that exists. */
async function canWrite(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    try {
      await access(at, constants.F_OK);
    } catch {
      if (dirname(at) === at) return false;
      continue;
    }
    return access(at, constants.W_OK).then(
      () => true,
      () => false,
    );
  }
}

/** What kubectl reads and Minos does not edit. */
function repeatedProblems({ repeatedLine }: KubeconfigSummary): readonly Problem[] {
  if (repeatedLine === undefined) return [];
  return [
    {
      severity: 'warning',
      message: `Line ${repeatedLine}: a name appears twice in one mapping. kubectl takes the last one; Minos does not change such a file.`,
      hint: 'Remove one of the two.',
    },
  ];
}

async function mountProblems(path: string): Promise<readonly Problem[]> {
  const target = await resolveTarget(path).catch(() => path);
  return (await isMountedByItself(target)) ? [{ severity: 'warning', message: MOUNTED_WARNING, field: 'mount' }] : [];
}

function modeProblems(mode: number): readonly Problem[] {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [
    {
      severity: 'warning',
      message: `Other users of this computer may access this file (mode ${mode.toString(8).padStart(4, '0')}); it holds keys.`,
      hint: 'Set its mode to 0600.',
      field: 'mode',
    },
  ];
}

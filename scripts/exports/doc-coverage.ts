import type { Exported } from './exported.ts';

/** A part of the tree and the least share of its exports that have a doc comment, 0 to 1. */
export interface Area {
  readonly name: string;
  readonly folders: readonly string[];
  readonly least: number;
}

/** Where others build upon what is exported, it says what it is; the first area that has a file's folder counts. */
export const AREAS: readonly Area[] = [
  { name: 'contract', folders: ['preload/contract'], least: 0.95 },
  { name: 'pool', folders: ['main/pool'], least: 0.95 },
  { name: 'clusters', folders: ['main/operations/clusters'], least: 0.95 },
  { name: 'plans', folders: ['main/operations/plans'], least: 0.95 },
  { name: 'work', folders: ['main/operations/work'], least: 0.95 },
  { name: 'credentials', folders: ['main/credentials'], least: 0.95 },
  { name: 'main', folders: ['main'], least: 0.9 },
  { name: "the page's state", folders: ['renderer/state'], least: 0.9 },
];

/** How much of an area is documented, and what is not. */
export interface Coverage extends Area {
  readonly exported: number;
  readonly undocumented: readonly Exported[];
  /** 0 to 1; an area without exports is documented. */
  readonly share: number;
}

/** Every area with its share. */
export function docCoverage(all: readonly Exported[], areas: readonly Area[] = AREAS): readonly Coverage[] {
  const areaOf = ({ file }: Exported): Area | undefined =>
    areas.find(({ folders }) => folders.some((folder) => file.startsWith(`${folder}/`)));
  return areas.map((area) => {
    const exported = all.filter((each) => areaOf(each) === area);
    const undocumented = exported.filter(({ isDocumented }) => !isDocumented);
    const share = exported.length === 0 ? 1 : 1 - undocumented.length / exported.length;
    return { ...area, exported: exported.length, undocumented, share };
  });
}

/** What is short of its least share, as sentences: the area, then each export that has no doc comment. */
export function missingDocs(coverage: readonly Coverage[]): readonly string[] {
  return coverage
    .filter(({ share, least }) => share < least)
    .flatMap(({ name, share, least, undocumented }) => [
      `${name}: ${(share * 100).toFixed(1)} % of its exports have a doc comment; it takes ${least * 100} %`,
      ...undocumented.map((each) => `  ${each.file}: ${each.name} has no doc comment`),
    ]);
}

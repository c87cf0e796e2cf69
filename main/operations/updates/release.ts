import * as v from 'valibot';

/** Longest address that a build may name. */
const MOST_CHARACTERS = 500;

/** An https address without sign-in, query or fragment, as the browser writes it. */
const address = v.pipe(
  v.string(),
  v.maxLength(MOST_CHARACTERS),
  v.check((text) => plainHttps(text) !== undefined),
  v.transform((text) => plainHttps(text) ?? ''),
);

const release = v.strictObject({
  /** Names in the certificate that signs packages: a common name, or better the whole distinguished name. */
  publisher: v.pipe(
    v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300))),
    v.minLength(1),
    v.maxLength(5),
  ),
  /** The folder in which packages and the files that name the newest version lie. */
  url: address,
  /** The page where people read about versions and fetch them. */
  page: address,
});

/** Who published a build, and where newer ones lie. `url` ends with a slash. */
export type Release = Readonly<v.InferOutput<typeof release>>;

/** What a build names, checked. Undefined for anything else: such a build looks for no update. */
export function readRelease(value: unknown): Release | undefined {
  const checked = v.safeParse(release, value);
  if (!checked.success) return undefined;
  const { url, ...rest } = checked.output;
  return { ...rest, url: url.endsWith('/') ? url : `${url}/` };
}

/** What the `package.json` of a packed app names; undefined for one that names nothing, or something else. */
export function releaseIn(packageJson: string): Release | undefined {
  try {
    return readRelease((JSON.parse(packageJson) as { readonly minosRelease?: unknown } | null)?.minosRelease);
  } catch {
    return undefined;
  }
}

function plainHttps(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.search === '' && url.hash === '' && !text.includes('?') && !text.includes('#') ? url.href : undefined;
}

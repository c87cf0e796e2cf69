/** True when a word is a pattern: `*` stands for any characters, `?` for one. */
export function isPattern(word: string): boolean {
  return /[*?]/.test(word);
}

/** A test for whole names, in any case. Its run time grows with pattern times name, whatever the pattern. */
export function patternTest(pattern: string): (name: string) => boolean {
  const signs = [...pattern.toLowerCase().replace(/\*+/g, '*')];
  return (name) => matches(signs, [...name.toLowerCase()]);
}

/** Walks both texts once, and goes back only to the last `*`: no regular expression that a pattern could make explode. */
function matches(pattern: readonly string[], name: readonly string[]): boolean {
  let inPattern = 0;
  let inName = 0;
  let starAt = -1;
  let retryAt = 0;
  while (inName < name.length) {
    const sign = pattern[inPattern];
    if (sign === '*') {
      starAt = inPattern++;
      retryAt = inName;
    } else if (sign === '?' || (sign !== undefined && sign === name[inName])) {
      inPattern += 1;
      inName += 1;
    } else if (starAt >= 0) {
      inPattern = starAt + 1;
      inName = ++retryAt;
    } else return false;
  }
  return pattern.slice(inPattern).every((sign) => sign === '*');
}

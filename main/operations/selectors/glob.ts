/** What is left of the work for one selection: compared signs. */
export interface GlobBudget {
  left: number;
}

/** True when a word is a pattern: `*` stands for any characters, `?` for one. */
export function isPattern(word: string): boolean {
  return /[*?]/.test(word);
}

/**
 * A test for whole names, in any case. Its run time grows with pattern times name, whatever the pattern; it counts that from
 * the budget and is false for everything once nothing is left.
 */
export function patternTest(pattern: string, budget: GlobBudget = { left: Infinity }): (name: string) => boolean {
  const signs = [...pattern.toLowerCase().replace(/\*+/g, '*')];
  return (name) => {
    budget.left -= name.length;
    return budget.left > 0 && matches(signs, [...name.toLowerCase()], budget);
  };
}

/** Walks both texts once, and goes back only to the last `*`: no regular expression that a pattern could make explode. */
function matches(pattern: readonly string[], name: readonly string[], budget: GlobBudget): boolean {
  let inPattern = 0;
  let inName = 0;
  let starAt = -1;
  let retryAt = 0;
  while (inName < name.length) {
    if (--budget.left <= 0) return false;
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
  // Of a pattern that is longer than the name only stars may be left, and these follow each other never.
  return inPattern === pattern.length || (inPattern === pattern.length - 1 && pattern[inPattern] === '*');
}

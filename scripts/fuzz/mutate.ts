/** What breaks parsers: signs of YAML, JSON, templates and shells, rows of them, and letters that are none. */
const PIECES: readonly string[] = [
  ...'{}[]:,"\'|>#%@`!?*&\\\n\r\t\0 -.()~=$/\u0001\u007f\u00ff\u202e\ufeff\ud800',
  ...[
    ': ',
    '- ',
    '? ',
    ', ',
    '&a ',
    '*a',
    '<<: *a',
    '---\n',
    '...\n',
    '%YAML 9\n',
    '!!binary ',
    '\r\n',
    '\\u0041',
    '__proto__',
  ],
  ...['null', '010', '1e999', '../', '{range .x}', '{end}', '-----BEGIN A-----', '-----END A-----', 'token key: '],
];

/** Numbers below `n`, the same for the same seed. */
export type Random = (n: number) => number;

export function randomOf(seed: number): Random {
  let state = seed | 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
}

/** One mutated input of at most 128 KiB: pieces put in, cut out, moved, and now and then repeated very often. */
export function mutate(random: Random, samples: readonly string[]): string {
  let text = samples[random(samples.length)] ?? '';
  for (let i = 1 + random(6); i > 0; i--) {
    const at = random(text.length + 1);
    const piece = pieceOf(random, text);
    const kind = random(4);
    if (kind === 0) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + random(random(3) === 0 ? 200 : 4));
    else if (kind === 2) text = text.slice(0, at) + piece + text.slice(at + random(4));
    else text = text.slice(0, at) + text.slice(random(text.length + 1), random(text.length + 1)) + text.slice(at);
  }
  return text.slice(0, 128 * 1024);
}

function pieceOf(random: Random, text: string): string {
  const from = random(text.length + 1);
  const pick = (): string => PIECES[random(PIECES.length)] ?? '';
  const piece = random(4) === 0 ? text.slice(from, from + random(40)) : pick() + (random(2) === 0 ? pick() : '');
  return piece.repeat(random(20) === 0 ? 1 + random(20_000) : 1 + random(3));
}

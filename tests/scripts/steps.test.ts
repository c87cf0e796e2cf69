import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countTests, runSteps, type Step } from '../../scripts/steps.ts';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minos-steps-'));
  said = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A step that waits for a file which only the step beside it makes. */
const waiting = (name: string): Step => ({
  name,
  command: process.execPath,
  args: [
    '-e',
    `const fs=require('fs');const at=Date.now();const look=()=>fs.existsSync('${join(folder, 'there')}')?console.log('2 passed'):Date.now()-at>20000?process.exit(1):setTimeout(look,5);look()`,
  ],
});
const making: Step = {
  ...{ name: 'making', command: process.execPath, isBeside: true },
  args: ['-e', `require('fs').writeFileSync(process.argv[1], 'x')`],
};

describe('steps', () => {
  it('run at the same time where one is beside another, each with its output as a whole', async () => {
    const beside = { ...making, args: [...making.args, join(folder, 'there')] };

    const results = await runSteps([waiting('waiting'), beside]);

    expect(results.map(({ name, ok }) => [name, ok])).toEqual([
      ['waiting', true],
      ['making', true],
    ]);
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('x');
    expect(said).toContainEqual(expect.stringContaining('── waiting\n2 passed'));
    expect(countTests(results[0]?.output ?? '')).toEqual({ passed: 2, failed: 0 });
  });

  it('go on after one that failed, which is told', async () => {
    const fails: Step = { name: 'fails', command: process.execPath, args: ['-e', 'process.exit(3)'] };
    const absent: Step = { name: 'absent', command: join(folder, 'no-such-program'), args: [] };
    const fine: Step = { name: 'fine', command: process.execPath, args: ['-e', ''] };
    vi.spyOn(console, 'error').mockImplementation(() => undefined);

    const results = await runSteps([fails, absent, fine]);

    expect(results.map(({ ok }) => ok)).toEqual([false, false, true]);
    expect(said.join('\n')).toMatch(/FAILED fails .*FAILED absent .*ok {5}fine/s);
  });
});

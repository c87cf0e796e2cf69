import type { MethodReply } from '../../../talos/method-types.ts';
import { Failed } from '../../../lib/failed.ts';

type Message = MethodReply<'/machine.LifecycleService/Upgrade'>;

/** Lines of the installer that are kept for a failure, the newest. */
const MOST_LINES = 40;
const MOST_CHARACTERS = 2_000;

/** What its exit codes mean (docs/talos-behaviour.md §6.4.1). */
const WORDS: Readonly<Record<number, string>> = {
  2: 'invalid input',
  3: 'unsupported operation',
  4: 'environment error',
  5: 'dependency error',
  6: 'I/O error',
  7: 'installation error',
};

/** What the installer says on one machine, and how it ended. */
export class InstallerOutput {
  readonly #lines: string[] = [];
  #isAsked = false;
  #exitCode: number | undefined;

  /** It ended well: the machine starts with the new version the next time. */
  get isInstalled(): boolean {
    return this.#exitCode === 0;
  }

  /** It was asked to run, and nobody knows how it ended: the machine may start with the new version the next time. */
  get isUnknown(): boolean {
    return this.#isAsked && this.#exitCode === undefined;
  }

  /** It is asked to run now. */
  asks(): void {
    this.#isAsked = true;
  }

  /** Takes one more message; returns its newest line. */
  take({ progress }: Message): string | undefined {
    if (progress?.exit_code !== undefined && progress.response === 'exit_code') {
      this.#exitCode = progress.exit_code;
      return `The installer ended with exit code ${progress.exit_code}.`;
    }
    const lines = (progress?.message ?? '').split(/[\r\n]+/).filter((line) => line.trim() !== '');
    this.#lines.push(...lines.map((line) => line.slice(0, MOST_CHARACTERS)));
    this.#lines.splice(0, Math.max(0, this.#lines.length - MOST_LINES));
    return lines.at(-1)?.slice(0, MOST_CHARACTERS);
  }

  /** Throws Failed `precondition` unless it ended with exit code 0; one that told none did not end. */
  mustBeInstalled(): void {
    if (this.isInstalled) return;
    const details = this.#lines.join('\n');
    const code = this.#exitCode;
    const word = code === undefined ? '' : ` (${WORDS[code] ?? 'unknown'})`;
    throw new Failed({
      code: 'precondition',
      message:
        code === undefined
          ? 'The installer did not say how it ended, so the machine is not rebooted.'
          : `The installer ended with exit code ${code}${word}; the machine is not rebooted.`,
      ...(details !== '' && { details }),
    });
  }
}

import { linesCommand } from '../kit/lines-command.ts';

/** What the kernel of each node wrote, and what it writes from now on. */
export const kernelLines = linesCommand({
  id: 'kernel-lines',
  title: 'Kernel lines',
  about: 'What the kernel of each node wrote, and what it writes from now on.',
  method: '/machine.MachineService/Dmesg',
  syntax: { names: ['kernel-lines'] },
  params: [],
  follows: () => true,
  request: () => ({ follow: true }),
  goOn: () => ({ follow: true, tail: true }),
  isOnlyNew: () => false,
  bytes: ({ bytes }) => bytes,
});

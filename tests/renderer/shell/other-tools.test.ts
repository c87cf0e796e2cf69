import { describe, expect, it } from 'vitest';
import { otherToolNote } from '../../../renderer/shell/words/other-tools.ts';

describe('a line for another program', () => {
  it.each([
    ['ssh worker-07', /no SSH and no shell/],
    ['$ sudo systemctl restart kubelet', /no systemd/],
    ['kubectl get nodes', /runs no kubectl/],
    ['apt install tcpdump', /no packages/],
    ['IP addr', /machine config/],
  ])('%s is said to be none of Talos', (line, said) => {
    expect(otherToolNote(line)).toMatch(said);
  });

  it.each(['service', 'ip', 'worker-07', 'logs of kubelet', '', 'talosctl version', 'constructor x'])(
    '%s is none',
    (text) => {
      expect(otherToolNote(text)).toBeUndefined();
    },
  );
});

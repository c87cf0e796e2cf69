/** What is said of programs that no machine of Talos has; the list above says what Minos has in their place. */
const SAID: readonly (readonly [programs: string, said: string])[] = [
  [
    'ssh scp sftp rsync bash sh zsh shell',
    'Talos has no SSH and no shell: its API answers what a shell would be asked for.',
  ],
  [
    'kubectl k9s helm kustomize kubeadm flux argocd',
    'Minos runs no kubectl and the like: it gets the kubeconfig by which they reach this cluster.',
  ],
  ['journalctl systemctl service systemd initctl rc-service', 'Talos has no systemd: machined runs its services.'],
  ['apt apt-get yum dnf apk pacman zypper snap', 'Talos has no packages: system extensions come with its image.'],
  ['docker podman nerdctl ctr crictl', 'Containers are read over the API of Talos.'],
  ['etcdctl etcdutl', 'etcd is read and changed over the API of Talos.'],
  ['tcpdump wireshark tshark pcap', 'Minos records no packets. talosctl pcap does.'],
  ['omnictl clusterctl talhelper', 'Minos works on clusters that run, by their talosconfig.'],
  [
    'vi vim nano emacs mkdir touch chmod chown mkfs fdisk parted mount umount modprobe insmod iptables nft sysctl ifconfig ip nmcli netplan crontab',
    'Talos has no shell, and nothing of a machine is changed by hand: its machine config is.',
  ],
];

const OF = new Map(SAID.flatMap(([programs, said]) => programs.split(' ').map((program) => [program, said] as const)));
/** Words of everyday language are programs only when something follows them. */
const WORDS_TOO: ReadonlySet<string> = new Set(['service', 'shell', 'ip', 'mount', 'touch', 'snap', 'flux', 'systemd']);

/** What to know about a line for another program, also behind `sudo` and a prompt; undefined for any other text. */
export function otherToolNote(text: string): string | undefined {
  const [, program = '', rest = ''] = /^\s*(?:[$#]\s+)?(?:sudo\s+)?([\w-]+)([\s\S]*)$/.exec(text.toLowerCase()) ?? [];
  return WORDS_TOO.has(program) && rest.trim() === '' ? undefined : OF.get(program);
}

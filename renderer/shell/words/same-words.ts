import { lineIn } from '../../state/palette/typed-line.svelte.ts';
import { MEANS } from './meant-words.ts';

/** Beside other words these say nothing: `show the kubelet logs` asks for the logs of kubelet. */
const FILLERS: ReadonlySet<string> = new Set(
  'a an the of to in on at for from with by my me i we it is are do does how what which where why can please show see view open go goto find list get mode all sudo setting settings cluster clusters'.split(
    ' ',
  ),
);

/**
 * Words that mean the same to who looks for something, a line each. What people type who come from another tool, a shell or Kubernetes
 * stands here once, not at each action: any word of a line finds what any other one of it finds.
 */
const SAME = `
add new create import
delete remove drop forget
change edit modify set
switch use select choose activate
context cluster profile
rename name
old history undo versions before revert restore previous
log logs journal syslog
alert alerts attention problem problems issue issues warning notice notices
notification notifications notify notices
poweroff halt shutdown
restart reboot
dark theme colours
light theme colours
night dark
theme appearance skin colour color colours look
density spacing compact comfortable rows
sidebar rail navigation menu
time clock date
timezone zone utc local times
locale language region format dates
cert certs certificate certificates tls x509 pki
expire expires expiry expiration renew renewal
role roles rbac permission permissions rights access
update upgrade
downgrade rollback older
os talos version versions
machine machines node nodes server servers host hosts
control-plane controlplane master masters
nic interface interfaces link links ethernet
ip ips address addresses
dns resolver resolvers nameserver nameservers
ntp timeserver timeservers chrony
route routes routing gateway
port ports socket sockets connection connections
disk disks drive drives storage
partition partitions volume volumes
space usage free df
folder folders directory directories file files
download save copy fetch
ram memory
processor cpu load
process processes threads
container containers pod pods cri
image images registry
extension extensions schematic factory modules
kernel dmesg kmsg
service services daemon unit units
member members quorum
backup backups snapshot snapshots
disaster recover recovery
defrag defragment defragmentation compaction compact
metrics charts graph graphs monitoring stats
shortcut shortcuts hotkey hotkeys keybinding keybindings keys keyboard
manual docs documentation guide help
bug report diagnostics trouble
patch patches machineconfig mc
compare diff drift differences
incident outage postmortem timeline
group groups tag tags selector
plan plans deed deeds
job jobs run runs
window windows tab tabs
crd resource resources object objects
reset wipe erase
`;

function readSame(): ReadonlyMap<string, readonly string[]> {
  const of = new Map<string, Set<string>>();
  const learn = (word: string, others: readonly string[]): void => {
    const known = of.get(word) ?? new Set();
    for (const other of others) if (other !== word) known.add(other);
    of.set(word, known);
  };
  const lines = (text: string): readonly string[] => text.trim().split('\n');
  for (const line of lines(SAME)) {
    const words = line.split(' ');
    for (const word of words) learn(word, words);
  }
  for (const line of lines(MEANS)) {
    const [word = '', means = ''] = line.split(': ');
    learn(word, means.split(' '));
  }
  return new Map([...of].map(([word, others]) => [word, [...others]]));
}

const OTHERS = readSame();

/** From so many letters the beginning of a word is enough. */
const MOST_TELLING = 4;

/** Other words for one that was typed or begun, in small letters; none for most. */
function alikeWords(word: string): readonly string[] {
  const known = OTHERS.get(word);
  if (known !== undefined || word.length < MOST_TELLING) return known ?? [];
  for (const [each, others] of OTHERS) if (each.startsWith(word)) return [each, ...others];
  return [];
}

/** How the palette understands what is typed. */
export const WORDS = {
  alike: alikeWords,
  fillers: FILLERS,
  isExact: (text: string): boolean => lineIn(text) !== undefined,
};

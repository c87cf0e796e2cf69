import { lineIn } from '../../state/palette/typed-line.svelte.ts';

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

/** What people type, and the words that find what does it here. */
const MEANS = `
uptime: memory version booted
who: sockets processes
hostname: nodes addresses resources
mtu: network links
bond: network links
vlan: network links
bridge: network links
firewall: machine config sockets
vip: machine config addresses
wireguard: machine config network
kubespan: machine config explore
discovery: members explore
sysctl: machine config
sysctls: machine config
cmdline: kernel machine config
args: kernel machine config
taint: machine config explore
taints: machine config explore
label: machine config explore
labels: machine config explore
cordon: reboot upgrade
drain: reboot upgrade
uncordon: reboot upgrade
mirror: machine config images
proxy: contexts machine config
token: machine config certificates
secret: machine config
secrets: machine config
ca: certificates renew
rotate: renew certificates
pki: certificates
gpu: resources system extensions
pci: resources explore
usb: resources explore
hardware: resources disks
sensor: resources charts
temperature: resources charts
swap: memory charts
oom: kernel logs
crash: kernel logs about
panic: kernel logs
hang: processes kernel
slow: charts processes
etcd: service members
latency: endpoints charts
licence: about
license: about
credits: about
tutorial: tour guide
started: tour guide
tips: tour guide shortcuts
sample: demo
playground: demo
bootloader: upgrade explore
uki: explore version
secureboot: explore security
secure: security explore
tpm: explore security
luks: volumes encryption
encrypted: volumes encryption
encryption: volumes machine config
wifi: network links
cilium: kubeconfig logs explore
flannel: kubeconfig logs explore
calico: kubeconfig logs explore
csi: kubeconfig mounts volumes
longhorn: kubeconfig mounts volumes
ceph: kubeconfig mounts volumes
ingress: kubeconfig
deployment: kubeconfig
namespace: kubeconfig explore
scale: apply machine config
join: apply machine config
provision: apply machine config
aws: explore metadata
azure: explore metadata
gcp: explore metadata
cloud: explore metadata
platform: explore metadata version
screenshot: black box
print: black box runs
resize: guide rows
split: tab guide
core: dump files
coredump: files kernel
strace: processes
perf: charts processes
profile: charts contexts
bpf: sockets explore
conntrack: sockets
bandwidth: charts
traffic: charts sockets
throughput: charts
full: free disk usage
expensive: processes charts
stuck: processes attention time line
broken: attention health
down: attention health shut endpoints
offline: endpoints attention images
unreachable: endpoints attention
error: logs attention
errors: logs attention
failed: runs attention logs
failure: runs attention logs
leader: etcd leadership overview
raft: etcd
alarm: etcd alarms
nospace: etcd alarms defragment
cni: network explore logs
kubelet: service services logs
apid: service services logs
trustd: service services logs
machined: service services logs
containerd: service services logs
cri: service services logs containers
udevd: service services logs
syslogd: service services logs
auditd: service services logs
scheduler: containers logs
apiserver: containers logs
controller: dependencies containers
dependency: dependencies graph
bundle: images about diagnostics
support: about diagnostics
diagnose: health about
telemetry: about settings
privacy: about settings
update: about upgrade
upgrades: upgrade
changelog: about
release: about version
quit: close tab
close: close tab
exit: close tab
font: rows settings
zoom: rows settings
wallpaper: theme
account: contexts certificate
login: contexts certificate import
logout: contexts
user: contexts certificate
password: contexts certificate
talosconfig: contexts import
yaml: machine config explore
json: explore runs
csv: runs
export: black box settings save
share: black box
record: black box
video: black box
audit: deeds time line
yesterday: time line
recent: time line runs
k8s: kubeconfig health upgrade
kubernetes: kubeconfig health upgrade
kube: kubeconfig
kubectl: kubeconfig explore
k9s: kubeconfig explore
helm: kubeconfig explore
kubeadm: kubeconfig machine config
omnictl: fleet contexts
etcdctl: etcd
ssh: files logs processes
shell: files logs processes
bash: files logs processes
terminal: paste files
console: kernel logs paste
cli: paste talosctl
command: paste run
journalctl: logs
systemctl: services service
systemd: services service
initctl: services service
tail: logs follow
less: files logs
more: files logs
head: files logs
grep: logs
egrep: logs
awk: logs
cat: files
ls: files
dir: files
cd: files
find: files
tree: files
vi: machine config files
vim: machine config files
nano: machine config files
emacs: machine config files
cp: download files
scp: download files
rsync: download files
sftp: download files
wget: download files
curl: download endpoints
rm: remove files
mkdir: files
du: disk usage
df: free disk space
ncdu: disk usage
lsblk: disks
blkid: disks volumes
fdisk: disks wipe
parted: disks wipe
mkfs: wipe disks
smartctl: disks
iostat: charts disks
iotop: charts processes
vmstat: charts memory
mount: mounts
umount: mounts
findmnt: mounts
ps: processes
top: processes charts
htop: processes charts
btop: processes charts
pgrep: processes
kill: processes restart
free: memory free
lsof: processes sockets
netstat: sockets
ss: sockets
ip: addresses routes network
ifconfig: addresses network links
ethtool: network links
nmcli: network links addresses
netplan: machine config network
iptables: machine config sockets
nft: machine config sockets
ping: endpoints sockets
traceroute: routes endpoints
mtr: routes endpoints
dig: dns resolvers
nslookup: dns resolvers
resolvectl: dns resolvers
tcpdump: sockets paste
wireshark: sockets paste
pcap: sockets paste
capture: sockets paste
packets: sockets paste
packet: sockets paste
date: time
timedatectl: time servers
chronyc: time servers
hostnamectl: version nodes
uname: version
lscpu: resources charts
lspci: resources
lsusb: resources
lsmod: resources kernel
modprobe: machine config kernel
dmidecode: resources
env: processes machine config
crontab: schedule
cron: schedule
docker: containers images
podman: containers images
nerdctl: containers images
ctr: containers images
crictl: containers images
apt: system extensions upgrade
yum: system extensions upgrade
dnf: system extensions upgrade
apk: system extensions upgrade
install: system extensions images upgrade
openssl: certificates
reboot: reboot
init: shutdown reboot
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

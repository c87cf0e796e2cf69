/** What people type, and the words that find what does it here. */
export const MEANS = `
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

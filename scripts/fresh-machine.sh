#!/usr/bin/env bash
# Tries the project on a fresh Debian 13 or Ubuntu 24.04 without leaving this machine: debootstrap
# makes the system in a folder, the checkout is copied into it, and `npm start` runs there from
# nothing until it serves the page. Then every digest must agree. Needs root and, once, some 3 GB
# and 15 minutes.
#
#   scripts/fresh-machine.sh trixie|noble [FOLDER] [-- COMMAND…]
#
# FOLDER is kept, so that a second run only renews the checkout. COMMAND runs in the checkout
# afterwards, for instance `-- npm test -- native wasm js`. MIRROR in the environment replaces the
# distribution's mirror, KEYRING the file of its keys.
set -euo pipefail

release=${1:?usage: $0 trixie|noble [FOLDER] [-- COMMAND…]}
shift
machine=/var/tmp/init-lab-$release
if [ $# -gt 0 ] && [ "$1" != -- ]; then
  machine=$1
  shift
fi
[ "${1:-}" = -- ] && shift

# debootstrap knows how to make each family of systems by the name of one of its scripts.
case $release in
  trixie)
    mirror=${MIRROR:-http://deb.debian.org/debian}
    components=main family=sid keyring=debian-archive-keyring ;;
  noble)
    mirror=${MIRROR:-http://archive.ubuntu.com/ubuntu}
    components=main,universe family=gutsy keyring=ubuntu-archive-keyring ;;
  *)
    echo "unknown release \"$release\"; expected trixie (Debian 13) or noble (Ubuntu 24.04)" >&2
    exit 2 ;;
esac
# The keys of one distribution are a package of the other one too, but not in each of its releases.
keys=${KEYRING:-/usr/share/keyrings/$keyring.gpg}
if [ ! -e "$machine/etc/init-lab-made" ]; then
  for program in debootstrap:debootstrap "$keys:$keyring, or name its file by KEYRING"; do
    [ -e "${program%%:*}" ] || command -v "${program%%:*}" > /dev/null && continue
    echo "${program%%:*} is missing; install the package ${program##*:}" >&2
    exit 1
  done
fi
[ "$(id -u)" = 0 ] || { echo "debootstrap and chroot need root" >&2; exit 1; }

if [ ! -e "$machine/etc/init-lab-made" ]; then
  debootstrap --variant=minbase --components="$components" \
    --keyring="$keys" "$release" "$machine" "$mirror" \
    "/usr/share/debootstrap/scripts/$family"
  touch "$machine/etc/init-lab-made"
fi

# The way to the network is this machine's: its resolver, certificates and settings of npm and apt.
cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
mkdir -p "$machine/usr/local/share/ca-certificates" "$machine/root"
cp -r /usr/local/share/ca-certificates/. "$machine/usr/local/share/ca-certificates/"
for file in /etc/npmrc /root/.npmrc; do
  [ ! -e "$file" ] || cp "$file" "$machine$file"
done

# /proc and /dev: Emscripten and Node ask them for the number of processors and for random bytes.
# Private: what is unmounted here stays mounted on this machine.
mount --bind --make-private /proc "$machine/proc"
mount --bind --make-private /dev "$machine/dev"
trap 'umount -l "$machine/dev" "$machine/proc"' EXIT

# Only what a fresh machine has: its own PATH and HOME, and no setting of this one's but the
# certificates.
inside() {
  chroot "$machine" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    bash -euo pipefail -c 'cd /root/init-lab && "$@"' bash "$@"
}

# The checkout as it is, with changes that are not committed yet, but nothing that was built.
rm -rf "$machine/root/init-lab.new"
mkdir -p "$machine/root/init-lab" "$machine/root/init-lab.new"
root=$(dirname "$(dirname "$(realpath "$0")")")
git -C "$root" ls-files -z --cached --others --exclude-standard |
  tar -C "$root" --null --files-from=- --ignore-failed-read -cf - |
  tar -C "$machine/root/init-lab.new" -xf -
rm -rf "$machine/root/init-lab"
mv "$machine/root/init-lab.new" "$machine/root/init-lab"

# Git and Node are what the README asks for. Ubuntu 24.04 has Node 18, so npm brings a newer one.
inside apt-get update -q
inside apt-get install -q -y --no-install-recommends ca-certificates git nodejs npm
if ! inside node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'; then
  inside npm install --global node@20
fi
inside bash -c '. /etc/os-release; echo "$PRETTY_NAME, Node $(node --version)"'

inside bash -c '
  # A group of its own, which ends as a whole: npm, its shell and the server.
  setsid npm start -- --port 8123 > /tmp/start.log 2>&1 & started=$!
  until grep -q "Init Lab is at" /tmp/start.log; do
    kill -0 $started 2> /dev/null || { cat /tmp/start.log; exit 1; }
    sleep 1
  done
  cat /tmp/start.log
  node -e "
    fetch(\"http://localhost:8123/\").then(async (answer) => {
      const page = await answer.text();
      if (!answer.ok || !page.includes(\"<title>\")) throw new Error(\"the page is \" + page);
      process.exit(0);
    })"
  kill -- -$started
  wait $started || true'
inside bash -c 'em++ --version | head -n 1; node scripts/digests.mjs'
[ $# = 0 ] || inside "$@"
echo "Init Lab starts on $release and gives the same digests."

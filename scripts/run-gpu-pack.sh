#!/bin/sh
# Measures this machine: what it has (doctor), the race with the CUDA, CuPy and JAX peers that are here, and
# the engines alone (bench). Everything goes into $OUT, or a folder gpu-figures where this is called:
# figures.txt has the tables, doctor.json, race.json and bench.json the numbers.
#
#   run.sh                            some ten minutes on a GPU; without one, a sweep for the processor
#   run.sh --rounds 3 --seconds 0.5   words for the race: --sweep, --rounds, --seconds, --only
#
# Exit codes: 0 done, 1 a part failed or a result is wrong, 2 wrong request. The other parts are done all the
# same. Needs linux-x64, a shell and coreutils.
set -eu
pack=$(cd "$(dirname "$0")" && pwd)
case " $* " in
*" --help "* | *" -h "*)
  while IFS= read -r line; do
    case $line in
    '#!'*) continue ;;
    '#'*) line=${line#?} ;;
    *) exit 0 ;;
    esac
    echo "${line# }"
  done <"$pack/run.sh"
  ;;
esac
case $(uname -sm) in
'Linux x86_64') ;;
*)
  echo "run.sh: needs linux-x64, this is $(uname -sm)" >&2
  exit 1
  ;;
esac
out=${OUT:-$PWD/gpu-figures}
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out/doctor.json" "$out/race.json" "$out/bench.json" "$out/figures.txt" # of another time
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

failed=
# part NAME FILE COMMAND...: its stdout into a file, its messages on the terminal
part() {
  name=$1
  file=$2
  shift 2
  echo "$name" >&2
  code=0
  "$place/node" "$@" >"$file" || code=$?
  [ "$code" != 2 ] || exit 2 # wrong words for the race: nothing of it was measured
  [ "$code" = 0 ] || failed="$failed $name"
}

cd "$place/app"
part doctor "$out/doctor.json" bin/etascope.js doctor --json
case $(cat "$out/doctor.json") in
*'"isFallback": false'*) sweep=device ;;
*) sweep=processor ;;
esac
case " $* " in
*" --sweep "*) ;;
*) set -- --sweep "$sweep" "$@" ;;
esac
part race "$place/race.txt" dist/gpu/main.js --json "$out/race.json" "$@"
part bench "$out/bench.json" bin/etascope.js bench --json --quiet
"$place/node" bin/etascope.js bench --show "$out/bench.json" >"$place/bench.txt" 2>/dev/null || true
{ cat "$place/race.txt"; echo; cat "$place/bench.txt"; } >"$out/figures.txt"
cat "$out/figures.txt"
if [ -n "$failed" ]; then
  echo "run.sh: FAILED:$failed" >&2
  exit 1
fi

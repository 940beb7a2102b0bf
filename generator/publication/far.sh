# All that publishing runs on the far side. It needs a POSIX sh, coreutils (8.24 or newer) and rsync.
#
#   sh -c "$(cat far.sh)" far DEST TURN OPERATION [WORD]...
#
# DEST is the destination's folder, TURN the number of the turn that the publisher holds ("-" to only read).
# Files are sent and listed by rsync itself; see far.py.
set -eu
LC_ALL=C
export LC_ALL
umask 022
dest=$1 turn=$2 operation=$3
shift 3

boot() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -; }

last_turn() { # the highest number in .lock, or 0
  last=0
  for file in .lock/*; do
    number=${file#.lock/}
    case $number in *[!0-9]*) ;; *) [ "$number" -le "$last" ] || last=$number ;; esac
  done
}

busy() { # is the turn of this file held by a process that is at work?
  { read -r who && read -r since && read -r process && read -r machine && read -r run; } <"$1" || return 1
  [ "$machine" = "$(uname -n)" ] || return 0
  [ "$run" = "$(boot)" ] || return 1
  [ -d "/proc/$process" ] || kill -0 "$process" 2>/dev/null
}

hold() { # WHO: take the turn, say its number, hold it until the publisher goes away, give it back
  mkdir -p .lock releases
  ticket=.lock/ticket-$$
  printf '%s\n' "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" $$ "$(uname -n)" "$(boot)" >"$ticket"
  trap 'rm -f "$ticket"' EXIT
  last_turn
  if [ "$last" -gt 0 ] && busy ".lock/$last"; then cat ".lock/$last"; exit 75; fi
  mine=$((last + 1))
  ln "$ticket" ".lock/$mine" || exit 75
  last_turn
  if [ "$last" -ne "$mine" ]; then rm ".lock/$mine"; exit 75; fi
  rm -f .lock/ticket-*
  trap ': >".lock/$mine"' EXIT
  trap 'exit 1' HUP INT PIPE TERM
  for file in .lock/*; do
    number=${file#.lock/}
    case $number in *[!0-9]*) ;; *) [ "$number" -ge "$mine" ] || rm -f "$file" ;; esac
  done
  echo "$mine"
  cat >/dev/null
}

look() {
  echo "now $(date +%s)"
  df -B1 --output=avail,iavail . | { read -r _; read -r bytes files; echo "free $bytes $files"; }
  if [ -L current ]; then echo "current $(readlink current)"; fi
  for path in releases/* releases/.[!.]*; do
    [ -e "$path" ] || continue
    echo "entry ${path#releases/}"
    if [ -e "$path/live" ]; then echo "live ${path#releases/}"; fi
  done
}

if [ "$operation" = hold ]; then mkdir -p -- "$dest"; fi
cd -- "$dest"
if [ "$turn" != - ] && [ "$operation" != hold ]; then # nobody else took over meanwhile
  last_turn
  if [ "$turn" -ne "$last" ] || ! [ -s ".lock/$turn" ]; then echo "the turn was lost" >&2; exit 1; fi
fi

case $operation in
  hold) hold "$1" ;;
  look) look ;;
  read) if [ -f "$1" ]; then cat -- "$1"; else exit 66; fi ;;
  differing) cd -- "$1" && { sha256sum --check --quiet - 2>/dev/null || :; } ;;
  folder) mkdir -p -- "$1" ;;
  wait) while [ "$(date +%s)" -lt "$1" ]; do sleep 1; done ;;
  # FROM TO LIKE, the names on standard input; both folders are in DEST
  copy) mkdir -p -- "$2" && exec rsync -r -p --chmod=D755,F644 --checksum --files-from=- --link-dest="$PWD/$3" "$1/" "$2/" ;;
  write) cat >"$1.new" && sync "$1.new" && mv -T -- "$1.new" "$1" && sync -f . ;;
  move) mv -T -- "$1" "$2" && sync -f . ;;
  remove) rm -rf -- "$1" ;;
  # a new link is renamed over the old one: readers always find one
  point) ln -sfn "releases/$1/site" .current-new && mv -T -- .current-new current && sync -f . ;;
  flush) sync -f "$1" ;;
  *) echo "no such operation: $operation" >&2; exit 2 ;;
esac

# Copies a file of the write-ahead log into the folder of the backups. PostgreSQL runs this in the folder of the cluster,
# for one file after another, and again until it succeeds. Each start of Lectern writes it anew.
set -u
umask 077
export LC_ALL=C
state=../backup
# 2 GB. With more, the disk of the database would fill up, and Lectern would stop.
most_waiting=128

[ -f $state/folder ] || exit 0

# Copies the file $1 under the name $2 into $folder.
copy() {
  target=$folder/wal/$2.gz
  if ! [ -d "$folder/wal" ]; then
    echo "$folder/wal is missing or cannot be read"
    return 1
  fi
  if [ -f "$target" ]; then
    gzip -dc "$target" | cmp -s - "$1" && return 0
    echo "$target has another content"
    return 1
  fi
  gzip -1 <"$1" >"$target.part" && sync "$target.part" && mv "$target.part" "$target" && sync "$folder/wal" && return 0
  rm -f "$target.part"
  return 1
}

# Adds the erasures since the last file, so that a restore repeats them even if the list itself is lost.
copy_erasures() {
  list=$(cat $state/erasures)/erasures.txt
  copied=$folder/erasures.txt
  if ! [ -f "$list" ] || cmp -s "$list" "$copied"; then return 0; fi
  [ -f "$copied" ] || : >"$copied"
  sort -u "$list" "$copied" >"$copied.part" && sync "$copied.part" && mv "$copied.part" "$copied"
}

# There are two folders while a first backup is made in another one.
copy_to_all() {
  while IFS= read -r folder; do
    copy "$1" "$2" && copy_erasures || return 1
  done <$state/folder
}

if reason=$(copy_to_all "$1" "$2" 2>&1); then
  rm -f $state/failed
  exit 0
fi
echo "The write-ahead log is not copied to the backups: $reason" >&2
# Its age says for how long.
[ -f $state/failed ] || echo "$reason" >$state/failed
if [ "$(ls pg_wal/archive_status | grep -c 'ready$')" -gt $most_waiting ]; then
  echo "Too much of it is waiting; from now on it is not copied, until lectern backup makes the next backup" >&2
  mv $state/folder $state/stopped
  exit 0
fi
exit 1

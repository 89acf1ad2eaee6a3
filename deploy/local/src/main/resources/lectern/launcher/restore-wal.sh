# Fetches a file of the write-ahead log from a folder of backups. PostgreSQL runs this in the folder of the cluster.
set -u
umask 077
file=$(cat ../backups)/wal/$1.gz
[ -f "$file" ] || exit 1
gzip -dc "$file" >"$2"

#!/bin/bash
# Creates the databases of the two services, each owned by a role of its own. The image of PostgreSQL runs this once.
set -euo pipefail

for name in catalog progress; do
  # psql reads the password itself: arguments can be seen by others.
  psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v "name=$name" -v "file=${SECRETS:-/run/secrets}/$name-database" <<'SQL'
\set password `cat :file`
create role :"name" login password :'password';
create database :"name" owner :"name" encoding 'UTF8' template template0;
revoke connect on database :"name" from public;
SQL
done

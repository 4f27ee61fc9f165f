#!/usr/bin/env bash
# Makes the database, and gives its two roles their passwords. What each role may do is said once, in k8s/components/roles.
# The official PostgreSQL image runs this on an empty data folder.
set -euo pipefail
export PGUSER=$POSTGRES_USER
psql --set ON_ERROR_STOP=1 --quiet --dbname postgres --command 'create database byline'
psql --set ON_ERROR_STOP=1 --quiet --dbname byline --file "${ROLES_SQL:-/roles.sql}" \
    --set owner="$BYLINE_OWNER_PASSWORD" --set app="$BYLINE_APP_PASSWORD" --file - <<'SQL'
alter role byline_owner password :'owner';
alter role byline_app password :'app';
SQL

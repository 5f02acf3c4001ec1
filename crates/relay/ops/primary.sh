#!/bin/sh
# Makes a new primary: the relay's database and user, and the standby's way in. Run once, by the image or by hand,
# with POSTGRES_USER, REPLICATION_PASSWORD and RELAY_PASSWORD set.
set -eu

psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v relay="$RELAY_PASSWORD" -v replication="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE replication REPLICATION LOGIN PASSWORD :'replication';
CREATE ROLE relay LOGIN PASSWORD :'relay';
CREATE DATABASE relay OWNER relay;
-- Until the standby is there commits wait for nobody: the relay counts them as kept in one copy.
ALTER SYSTEM SET synchronous_standby_names = 'standby';
-- Here and not as a flag, because a standby must allow as many and copies it with the rest.
ALTER SYSTEM SET max_connections = 200;
-- A standby that stays away must not fill the primary's disk.
ALTER SYSTEM SET max_slot_wal_keep_size = '8GB';
SQL
echo "host replication replication samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"

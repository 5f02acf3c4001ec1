#!/bin/sh
# Makes a standby of the primary when there is none in PGDATA yet, and runs it. PRIMARY is the primary's host
# [primary], PRIMARY_PORT its port [5432], PGPASSWORD the password of its role `replication`.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chmod 0700 "$PGDATA"
    pg_basebackup -R -X stream -S standby -D "$PGDATA" \
        -d "host=${PRIMARY:-primary} port=${PRIMARY_PORT:-5432} user=replication password=$PGPASSWORD application_name=standby"
fi
exec postgres -D "$PGDATA" "$@"

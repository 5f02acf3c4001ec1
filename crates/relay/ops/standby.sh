#!/bin/sh
# Makes a standby of the primary when there is none in PGDATA yet, and runs it. PRIMARY is the primary's host
# [primary], PRIMARY_PORT its port [5432], PGPASSWORD the password of its role `replication`.
set -eu

primary="host=${PRIMARY:-primary} port=${PRIMARY_PORT:-5432} user=replication password=$PGPASSWORD"

# Its last act is to name its manifest: what has none is a copy that broke off, or another server's data.
if [ ! -e "$PGDATA/backup_manifest" ]; then
    if [ -n "$(ls -A "$PGDATA" 2>/dev/null)" ]; then
        echo "In $PGDATA is no whole copy of a primary: look at what it is, then empty it." >&2
        exit 1
    fi
    mkdir -p "$PGDATA"
    chmod 0700 "$PGDATA"
    # A promoted standby has no slot; one that is there already is taken.
    psql -X -q -d "$primary dbname=postgres replication=true" -c 'CREATE_REPLICATION_SLOT standby PHYSICAL' \
        >/dev/null || true
    pg_basebackup -R -X stream -S standby -D "$PGDATA" -d "$primary application_name=standby"
fi
exec postgres -D "$PGDATA" "$@"

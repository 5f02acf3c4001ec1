#!/bin/sh
# Makes the standby the relay's database, when the primary is gone and does not come back soon.
#
#   promote.sh CONNECTION DATABASE...
#
# CONNECTION is libpq's, of a superuser on the standby itself: "host=/run/postgresql user=postgres".
# DATABASE is each database that relays use. Run it on the standby's machine, as the user postgres.
#
# The primary must be down, and must stay down: with two primaries some events are in one and some in the other.
# If it still answers, nothing is done. It comes back only as a new standby, made by pg_basebackup.
set -eu

if [ $# -lt 2 ]; then
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
connection=$1
shift

ask() {
    psql -X -A -t -q -v ON_ERROR_STOP=1 -d "$connection dbname=$1" -c "$2"
}

if [ "$(ask postgres 'SELECT pg_is_in_recovery()')" != t ]; then
    echo "This is no standby: nothing was done." >&2
    exit 1
fi
primary=$(ask postgres 'SHOW primary_conninfo')
if PGCONNECT_TIMEOUT=3 psql -X -q -d "$primary dbname=postgres" -c 'SELECT 1' >/dev/null 2>&1; then
    echo "The primary still answers: stop it first. Nothing was done." >&2
    exit 1
fi

# The standby has the primary's settings. With the name of a standby among them every commit would wait for one
# that is not there.
ask postgres "ALTER SYSTEM SET synchronous_standby_names = ''" >/dev/null
ask postgres 'SELECT pg_reload_conf()' >/dev/null
if [ "$(ask postgres 'SELECT pg_promote(true, 60)')" != t ]; then
    echo "It was not promoted within a minute: see the server's log." >&2
    exit 1
fi

# What the primary kept in one copy is lost, and its places are given out again. A new life makes every counter
# read again what is kept, so that none misses what now stands there.
for database; do
    ask "$database" "UPDATE life SET epoch = left(replace(gen_random_uuid()::text, '-', ''), 16)"
done
echo "Promoted. Every event has one copy until a new standby is named in synchronous_standby_names."

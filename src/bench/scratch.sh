# shellcheck shell=bash disable=SC2034
# Sourced by the benchmarks, at the top of the repository: a folder, a PostgreSQL server and the packages of Byline on free ports of
# 127.0.0.1. All of it ends with the script, however that ends.

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# Sets a variable from each option: --warm-up 20 sets warm_up. The caller's own values are the defaults.
options() { # usage, which names every option with an example, "[--name 20]" or "[--name word,word]"; then the arguments
    local usage=$1 name value
    shift
    while [ $# -gt 0 ]; do
        value='^[1-9][0-9]{0,3}$'
        [[ $usage =~ "[$1 "[0-9] ]] || value='^[a-z-]+(,[a-z-]+)*$'
        [[ $usage == *"[$1 "* && ${2:-} =~ $value ]] || fail "usage: $usage"
        name=${1#--}
        declare -g "${name//-/_}=$2"
        shift 2
    done
}

PATH=$PATH:/usr/sbin:/sbin
needs() { for tool; do command -v "$tool" >/dev/null || fail "needs $tool"; done; }
needs psql openssl
postgres=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
postgres=${postgres%/initdb}
[ -n "$postgres" ] || fail "needs a PostgreSQL server under /usr/lib/postgresql (Debian's package postgresql)"

scratch=$(mktemp -d)
chmod 755 "$scratch" # PostgreSQL runs as another user when this script is root
declare -A pid port management
clean() {
    local name
    for name in "${!pid[@]}"; do
        kill -KILL -- "-${pid[$name]}" 2>/dev/null || kill -KILL "${pid[$name]}" 2>/dev/null || true # a group with its workers
        wait "${pid[$name]}" 2>/dev/null || true
    done
    [ ! -f "$scratch/data/postmaster.pid" ] || as_postgres "$postgres/pg_ctl" -D "$scratch/data" -m immediate stop >/dev/null || true
    rm -rf "$scratch"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() {
    local port
    while port=$((26000 + RANDOM % 1000)) && listens "$port"; do :; done
    echo "$port"
}
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# --- The database

export PGHOST=127.0.0.1 PGPORT PGUSER=postgres PGDATABASE=byline PGPASSWORD=byline
unset PGHOSTADDR PGSERVICE

# PostgreSQL with its defaults and an empty database; what psql, pgbench and Byline need to find it is in the environment.
start_database() {
    PGPORT=$(free_port)
    if [ "$(id -u)" = 0 ]; then install -d -o postgres -m 700 "$scratch/data"; fi
    echo "$PGPASSWORD" >"$scratch/password"
    as_postgres "$postgres/initdb" -D "$scratch/data" -U postgres -A scram-sha-256 --pwfile="$scratch/password" >/dev/null
    as_postgres "$postgres/pg_ctl" -D "$scratch/data" -l "$scratch/data/log" -w -o "-p $PGPORT -h 127.0.0.1 -k '' ${database_options:-}" start >/dev/null
    # The port was free a moment ago; whoever answers there now must be this server.
    [ "$(psql -XAtd postgres -c 'show data_directory')" = "$scratch/data" ] || fail "port $PGPORT is another server's"
    psql -Xqd postgres -c 'create database byline'
    export QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$PGPORT/byline
    export QUARKUS_DATASOURCE_USERNAME=$PGUSER QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD
}

# The indexes for words and parts of words: they are built much faster at once than row by row.
drop_text_indexes() { psql -Xqc 'drop index posts_search_idx, posts_title_trgm_idx'; }
create_text_indexes() {
    psql -Xq <<'SQL'
create index posts_title_trgm_idx on posts using gin (title gin_trgm_ops);
create index posts_search_idx on posts using gin (search);
SQL
}

# --- An issuer of tokens, whose word the services take, and in BENCH_TOKEN the token of an admin, who may write everybody's posts

export BYLINE_TRIAL_KEY=$scratch/issuer BENCH_TOKEN
while read -r setting; do export "${setting?}"; done < <(docker/token --settings)
BENCH_TOKEN=$(docker/token bench admin)

# --- The packages

executable=$(find target -maxdepth 1 -name '*-runner' -type f 2>/dev/null | head -n 1)
packages=()
[ -z "$executable" ] || packages+=(native)
[ ! -f target/quarkus-app/quarkus-run.jar ] || packages+=(jvm)
[ ! -f target/aot-jar/quarkus-run.jar ] || packages+=(aot)
[ ${#packages[@]} -gt 0 ] || fail "nothing to measure in target/; src/bench/README.md says how to make it"
declare -A title=([native]=native [jvm]=JVM [aot]='JVM, AOT cache')
if [ "${packages[*]}" != native ]; then
    JAVA_HOME=$(./mvnw -v | sed -n 's/^Java version: .*runtime: //p')
    export PATH=$JAVA_HOME/bin:$PATH
fi

# What docker/Dockerfile and docker/Dockerfile.jvm start. In compose.yaml's 640 MB the JVM chooses the serial collector and takes
# 40 % as heap; outside of a container it has to be told. AOTMode=on: better no figure than one without the cache.
jvm_options=(-XX:+UseSerialGC -Xmx256m)
native_options=(-Xmx128m -Xmn8m)
run_native() { exec "$executable" "${native_options[@]}"; }
run_jvm() { exec java "${jvm_options[@]}" -jar "${app:-target/quarkus-app}/quarkus-run.jar"; }
run_aot() { exec java -XX:AOTMode=on -XX:AOTCache="$scratch/aot/byline.aot" "${jvm_options[@]}" -jar "$scratch/aot/quarkus-run.jar"; }

# What run_aot needs, recorded by what docker/Dockerfile.jvm records it with.
record_aot_cache() {
    say "recording the AOT cache"
    cp -r target/aot-jar "$scratch/aot"
    docker/train "$scratch/aot" >"$scratch/train.log" || { cat "$scratch/train.log" >&2; fail "docker/train failed"; }
}

# Starts a package by its function run_… and waits for its first answer. Sets ms, from exec to that answer, and cpu, the processor time until then.
# bash alone asks, every two milliseconds: a loop with curl would take a core away from the start that it measures.
start() { # package, migrate at start?, name (default: the package's)
    local name=${3:-$1} begin now status user system
    port[$name]=$(free_port)
    until management[$name]=$(free_port) && [ "${management[$name]}" != "${port[$name]}" ]; do :; done
    begin=$EPOCHREALTIME
    QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=${port[$name]} QUARKUS_MANAGEMENT_PORT=${management[$name]} \
        QUARKUS_LIQUIBASE_MIGRATE_AT_START=$2 "run_$1" >"$scratch/$name.log" 2>&1 &
    pid[$name]=$!
    while :; do
        status=
        if { exec 3<>"/dev/tcp/127.0.0.1/${port[$name]}"; } 2>/dev/null; then
            printf 'GET /users/1 HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
            read -r -t 10 _ status _ <&3 || true
            exec 3>&-
        fi
        now=$EPOCHREALTIME
        ms=$(((${now/./} - ${begin/./}) / 1000))
        [ "$status" != "${awaited:-200}" ] || break
        if [ "$ms" -gt 120000 ] || ! kill -0 "${pid[$name]}" 2>/dev/null; then
            tail -n 20 "$scratch/$name.log" >&2
            fail "$name does not start"
        fi
        read -r -t 0.002 _ <&9 || true
    done
    # Fields 14 and 15; no name of a program has a space here.
    read -r _ _ _ _ _ _ _ _ _ _ _ _ _ user system _ <"/proc/${pid[$name]}/stat"
    cpu=$(((user + system) * 1000 / ticks))
}
ticks=$(getconf CLK_TCK)
mkfifo "$scratch/never"
exec 9<>"$scratch/never" # nothing is ever written to it: reading with a time limit sleeps without a process

stop() {
    kill "${pid[$1]}"
    timeout 60 tail --pid="${pid[$1]}" -f /dev/null || fail "$1 does not stop"
    wait "${pid[$1]}" || true # 143 after SIGTERM
    unset "pid[$1]"
}
# The memory of a process and its workers.
resident() {
    local process workers
    read -ra workers <"/proc/${pid[$1]}/task/${pid[$1]}/children" || true # a line without an end
    for process in "${pid[$1]}" "${workers[@]}"; do cat "/proc/$process/status"; done |
        awk '/^VmRSS:/ { sum += $2 } END { printf "%.0f\n", sum / 1024 }'
}

# The schema, made by the first package, and 10,000 users with 100,000 posts.
fill() {
    awaited=404 start "${packages[0]}" true # there is no user yet
    stop "${packages[0]}"
    src/bench/load 10000 100000 >&2
}

# --- The figures

# The kinds of request that the tables have, of those in requests.lua, and which of them --only names.
declare -A kind_name=(
    [user]='one user by id' [posts]='20 posts' [page]='20 posts with their users' [user-posts]="a user's posts" [create]='create a post'
)
choose_kinds() {
    local what
    IFS=, read -ra kinds <<<"$only"
    for what in "${kinds[@]}"; do [ -n "${kind_name[$what]:-}" ] || fail "there is no kind $what; there are ${!kind_name[*]}"; done
}

# wrk's load; prints requests a second, 50th and 99th percentile in microseconds, failed requests.
attempt() { # name of what runs, what, seconds, connections
    timeout $(($3 + 30)) wrk --threads 1 --connections "$4" --duration "${3}s" --timeout 10s --script src/bench/requests.lua \
        "http://127.0.0.1:${port[$1]}" -- "$2" | sed -n 's/^result //p' | grep . || fail "wrk failed on $1"
}
# The same where no request may fail.
load() { # name of what runs, what, seconds, connections (default: 16)
    local result
    result=$(attempt "$1" "$2" "$3" "${4:-16}")
    [ "${result##* }" = 0 ] || fail "${result##* } of the requests for $2 failed on $1"
    echo "${result% *}"
}

# Every measured value is a line "row column value" of this file.
note() { echo "$@" >>"$scratch/measured"; }
measured() { awk -v row="$1" -v column="$2" '$1 == row && $2 == column { print $3 }' "$scratch/measured" | sort -n; } # row, column
median() { # row, column
    measured "$1" "$2" |
        awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }' |
        awk '{ printf $1 < 10 ? "%.1f\n" : "%.0f\n", $1 }'
}

# Where and with what a table was measured: its first words.
where() {
    printf '%s, commit %s, %s cores, PostgreSQL %s' "$(date -u +%F)" "$(git describe --always --dirty)" "$(nproc)" "$(psql -XAtc 'show server_version')"
    [ "${packages[*]}" = native ] || printf ', Java %s' "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")"
}

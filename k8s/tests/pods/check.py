"""What pods show and processes alone do not; the dev overlay, on the image that it names or on the JVM's.   run CLUSTER

    a migration Job that is killed half-way, and the next one
    a rolling update under writers
    a pod that is evicted while it stores an import
    many more clients than connections, within the memory limit
    a read replica with a pooler of its own (components/replica)

It prints a line for each, and fails if one is not as it should be.
"""

import collections
import copy
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import yaml
from pods import Cluster, run

ROOT = Path(__file__).resolve().parents[3]
KIND = sys.argv[1]
DEV = ROOT / "k8s/overlays/dev"
# The overlay that k8s/README.md has for the image of the JVM.
JVM = """
images:
  - {name: ghcr.io/byline-dev/byline, newTag: 1.0.0-jvm}
patches:
  - target: {kind: Deployment, name: byline}
    patch: &jvm |-
      - {op: remove, path: /spec/template/spec/containers/0/args}
      - {op: replace, path: /spec/template/spec/containers/0/resources/limits/memory, value: 640Mi}
  - target: {kind: Job, name: byline-migrate-.*}
    patch: *jvm
"""
DATA = "/var/lib/postgresql/18/docker"
STANDBY = f"""
export PGDATA={DATA} PGPASSWORD=$POSTGRES_PASSWORD
[ -s "$PGDATA/PG_VERSION" ] || pg_basebackup -R -h byline-db-rw -U postgres -D "$PGDATA"
chmod 700 "$PGDATA"
exec postgres -c max_connections=150
"""
results = collections.Counter()


def check(good, what):
    results[bool(good)] += 1
    cluster.say(f"{'ok' if good else 'FAILED'}: {what}")


def rendered(folder):
    return run("kubectl", "kustomize", str(folder)).stdout


def overlay(*components):
    """The dev overlay with these components, for the image under test."""
    with tempfile.TemporaryDirectory() as folder:
        relative = lambda path: os.path.relpath(path, folder)
        kustomization = {"resources": [relative(DEV)], "components": [relative(ROOT / "k8s/components" / name) for name in components]}
        kustomization |= {"namespace": "byline-dev"}
        if KIND == "jvm":
            kustomization |= yaml.safe_load(JVM)
        Path(folder, "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
        return [object for object in yaml.safe_load_all(rendered(folder)) if object]


def with_issuer(objects):
    """With an issuer of tokens, and no limit for one caller: all of the load is one's."""
    deployment = next(o for o in objects if o["kind"] == "Deployment" and o["metadata"]["name"] == "byline")
    lines = ["BYLINE_SECURITY_REQUESTS_PER_MINUTE=0", *token("--settings").split()]
    deployment["spec"]["template"]["spec"]["containers"][0]["env"] += [dict(zip(("name", "value"), line.split("=", 1))) for line in lines]
    return objects


def token(*arguments):
    return subprocess.run([ROOT / "docker/token", *arguments], capture_output=True, text=True, check=True).stdout


def request(method, path, body=None, headers=None, host=None, port=80, timeout=60):
    """Status, headers and body of an answer, or the name of what came instead, on a connection of its own."""
    connection = http.client.HTTPConnection(host or cluster.addresses["byline"], port, timeout=timeout)
    try:
        known = {"Content-Type": "application/json", "Authorization": "Bearer " + bearer}
        connection.request(method, path, body, known | (headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    except (OSError, http.client.HTTPException) as failure:
        return type(failure).__name__, {}, ""
    finally:
        connection.close()


def database(name="byline-db"):
    return cluster.of(name)[0].name


def sql(text, name="byline-db"):
    return run("podman", "exec", database(name), "psql", "-XAtq", "-U", "postgres", "-d", "byline", "-c", text).stdout.strip()


def rolled(name, seconds=300):
    time.sleep(1)
    return cluster.wait(f"{name} rolled out", lambda: cluster.rolled(name), seconds)


def old_pods_gone():
    return cluster.wait("old pods gone", lambda: not any(p.terminating and not p.gone for p in cluster.pods), 90)


def killed_migration():
    """The second change set waits for a table of the same name that is not committed; there the Job is killed."""
    job = next(o for o in cluster.objects if o["kind"] == "Job")
    name = job["metadata"]["name"]
    cluster.objects.remove(job)
    cluster.up()
    cluster.wait("database up", lambda: any(p.ready for p in cluster.of("byline-db")), 120)
    session = ["podman", "exec", database(), "psql", "-XAtq", "-U", "postgres", "-d", "byline"]
    holder = subprocess.Popen([*session, "-c", "create table posts(); select pg_sleep(600)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cluster.wait("the table is held", lambda: sql("select count(*) from pg_stat_activity where query like '%pg_sleep(600)' and wait_event = 'PgSleep'") == "1", 30)
    sql("alter role byline_owner set lock_timeout = 0")  # or it might give up before it is seen to wait
    with cluster.lock:
        cluster.objects.append(job)
    waiting = "select count(*) from pg_stat_activity where usename = 'byline_owner' and wait_event_type = 'Lock'"
    check(cluster.wait("the migration is half-way", lambda: sql(waiting) == "1", 300), "the migration waits in its second change set")
    killed = cluster.jobs[name]["pods"][-1]
    run("podman", "kill", "--signal", "KILL", killed.name)
    applied = sql("select count(*) from databasechangelog")
    check(sql("select count(*) from pg_stat_activity where query like '%pg_sleep(600)' and pg_terminate_backend(pid)") == "1", "the other session ends")
    holder.wait(30)
    done = cluster.wait("migration done", lambda: cluster.jobs[name]["done"] is not None, 180)
    pods, all_of_them = len(cluster.jobs[name]["pods"]), sql("select count(*) from databasechangelog")
    good = done and cluster.jobs[name]["done"] and killed.exit_code == 137 and 0 < int(applied) < int(all_of_them)
    check(good, f"killed after {applied} of {all_of_them} change sets, the Job completes with pod {pods}")
    check(rolled("byline") and rolled("byline-pooler"), "all pods become available")
    check(not any(p.restarts for p in cluster.pods if p.owner == "byline"), "no pod of the service was restarted while it waited for the schema")
    check(request("POST", "/users", '{"name":"Ada"}')[0] == 201, "a write with a token")


def rolling_update():
    """As k8s/tests/rolling-update.sh does it."""
    added = [o for o in yaml.safe_load_all(rendered(ROOT / "k8s/tests/rolling-update")) if o]
    with cluster.lock:
        cluster.objects += added
        cluster.route()
    cluster.wait("load pod runs", lambda: any(p.owner == "byline-load" and p.running() for p in cluster.pods), 60)
    pod = next(p for p in cluster.pods if p.owner == "byline-load")
    run("podman", "exec", "-i", pod.name, "tee", "/tmp/token", text=bearer + "\n")
    time.sleep(10)
    with cluster.lock:
        cluster.get("Deployment", "byline")["spec"]["template"]["metadata"].setdefault("annotations", {})["restartedAt"] = str(time.time())
    check(rolled("byline"), "rolled out under load")
    old_pods_gone()
    run("podman", "exec", pod.name, "touch", "/tmp/stop", check=False)
    cluster.wait("load ended", lambda: not pod.thread.is_alive(), 60)
    check(pod.exit_code == 0, "rolling update: " + "".join(pod.logs()).strip()[-900:])
    with cluster.lock:
        cluster.objects = [o for o in cluster.objects if not any(o is a for a in added)]
    pod.terminating = True
    pod.remove()


def evicted(batches):
    """Evicts a pod while it stores an import of so many batches, each of which takes two seconds. Returns the status, how to count what is
    stored, how to send the import again, and how many rows it has."""
    sql(
        "create or replace function pause() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return null; end $$;"
        "create or replace trigger pause before insert on posts for each statement execute function pause()"
    )
    user = json.loads(request("POST", "/users", '{"name":"Ada"}')[2])["id"]
    title = f"evicted with {batches} batches"
    rows = 11 * batches  # a batch ends when it has a megabyte
    lines = f'{{"title":"{title}","content":"{"x" * 100_000}","userId":{user}}}\n' * rows
    headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": title.replace(" ", "-")}
    pod, answers = cluster.of("byline")[0], []
    sending = threading.Thread(target=lambda: answers.append(request("POST", "/posts", lines, headers, pod.ip, 8080, 120)))
    sending.start()
    cluster.wait("the import is being stored", lambda: sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == "1", 60)
    cluster.end(pod)
    sending.join()
    old_pods_gone()
    stored = lambda: int(sql(f"select count(*) from posts where title = '{title}'"))
    return answers[0][0], stored, lambda: request("POST", "/posts", lines, headers)[0], rows


def evicted_importers():
    status, stored, _, rows = evicted(6)
    check((status, stored()) == (200, rows), f"a pod that is evicted finishes an import of 12 s: {status}, {stored()} of {rows} rows")
    status, stored, again, rows = evicted(30)
    check(status != 200 and stored() == 0, f"it does not finish one of 60 s: {status}, {stored()} of {rows} rows")
    sql("drop trigger pause on posts")
    seen, deadline = [], time.monotonic() + 90
    while (not seen or seen[-1] != 200) and time.monotonic() < deadline:
        seen.append(again())
        time.sleep(1)
    seen.append(again())
    good = set(seen) <= {200, 409, 503} and seen[-2:] == [200, 200] and stored() == rows
    check(good, f"sent again with its key, and once more: {seen}, {stored()} of {rows} rows")
    sql("drop function pause")
    check(rolled("byline"), "new pods have taken the place of those that went")


def peaks(pod):
    """The most memory in MB: of its cgroup, which the kernel compares with the limit, and of its process, with the pages of files that other
    processes may have brought in."""
    pid = run("podman", "inspect", "-f", "{{.State.Pid}}", pod.name).stdout.strip()
    groups = dict(line.rstrip("\n").split(":", 2)[1:] for line in open(f"/proc/{pid}/cgroup"))
    files = Path(f"/sys/fs/cgroup/memory{groups.get('memory')}/memory.max_usage_in_bytes"), Path(f"/sys/fs/cgroup{groups.get('')}/memory.peak")
    resident = next(line for line in open(f"/proc/{pid}/status") if line.startswith("VmHWM"))
    return int(next(file for file in files if file.exists()).read_text()) // 2**20, int(resident.split()[1]) // 1024


def overload():
    """Reads of all kinds, as in src/bench/overload, by fifty times more clients than a pod has connections."""
    url = f"postgresql://postgres:dev-only@{cluster.addresses['byline-db-rw']}:5432/byline"
    subprocess.run([ROOT / "src/bench/load", "--url", url, "2000", "20000"], check=True, capture_output=True, timeout=120)
    pod = cluster.of("byline")[0]
    with tempfile.NamedTemporaryFile("w") as urls:
        for number in range(1, 500):
            for path in (f"/users/{number}", "/posts?limit=20", f"/users/{number}/posts", "/posts?limit=20&embed=user"):
                print(f"http://{pod.ip}:8080{path}", file=urls)
        urls.flush()
        load = run("h2load", "--h1", "-t", "1", "-c", "600", "-D", "60", "-i", urls.name, check=False)
    codes = next((line for line in load.stdout.splitlines() if line.startswith("status codes")), load.stdout + load.stderr)
    limit, (most, resident) = pod.container["resources"]["limits"]["memory"], peaks(pod)
    good = " 0 2xx" not in codes and " 2xx, 0 3xx, 0 4xx" in codes and not pod.gone and not pod.restarts
    check(good, f"600 clients for 60 s: {codes}, at most {most} MB of {limit}, {resident} MB resident")


def twin(object, name):
    """A copy under another name, which stands in for what an operator makes."""
    other = copy.deepcopy(object)
    other["metadata"]["name"] = name
    return other


def told_apart(object, name):
    """The label by which CloudNativePG's own Services know their pods; the others' are the same for primary and standby."""
    labels = object["spec"]["selector"] if object["kind"] == "Service" else object["spec"]["template"]["metadata"]["labels"]
    labels["cnpg.io/cluster"] = name
    return object


def standby(objects):
    """What CloudNativePG would make of components/replica, of copies of the dev overlay's pods: Services, and what runs behind them."""
    get = lambda kind, name: next(o for o in objects if o["kind"] == kind and o["metadata"]["name"].startswith(name))
    services, pods = [], []
    for kind, name, service, other in (
        ("StatefulSet", "byline-db", "byline-db-rw", "byline-reads"),
        ("Deployment", "byline-pooler", "byline-pooler", "byline-pooler-ro"),
    ):
        services.append(told_apart(twin(get("Service", service), other), other))
        pods.append(told_apart(twin(get(kind, name), other), other))
        told_apart(get("Service", service), name), told_apart(get(kind, name), name)
    config = twin(get("ConfigMap", "byline-pooler"), "byline-pooler-ro")
    config["data"]["pgbouncer.ini"] = config["data"]["pgbouncer.ini"].replace("byline-db-rw", "byline-reads")
    volumes = pods[1]["spec"]["template"]["spec"]["volumes"]
    next(v for v in volumes if v["name"] == "config")["configMap"]["name"] = "byline-pooler-ro"
    container = pods[0]["spec"]["template"]["spec"]["containers"][0]
    container["command"] = ["bash", "-ec", STANDBY]
    del container["args"]
    policies = yaml.safe_load_all((ROOT / "k8s/components/cnpg/networkpolicies.yaml").read_text())
    return services, [*pods, config, *(p for p in policies if p["metadata"]["name"] == "database-to-database")]


def reads():
    """Status and whether the standby answered, of a read."""
    status, headers, _ = request("GET", "/users?limit=1")
    return status, headers.get("Server-Timing", "").endswith("replica")


def replica(objects):
    check(reads() == (200, False), "while there is no standby, the primary answers reads")
    run("podman", "exec", database(), "bash", "-c", f"echo host replication postgres all scram-sha-256 >>{DATA}/pg_hba.conf")
    sql("select pg_reload_conf()")
    with cluster.lock:
        cluster.objects += objects
        cluster.route()
    check(cluster.wait("the standby answers", lambda: reads() == (200, True), 120), "a standby with a pooler of its own answers reads")
    seen = collections.Counter()
    for number in range(50):
        _, headers, body = request("POST", "/users", '{"name":"Ada"}')
        seen[request("GET", f"/users/{json.loads(body)['id']}", headers={"Consistency-Token": headers["Consistency-Token"]})[0]] += 1
    check(seen == {200: 50}, f"a read with the token of a write finds it: {dict(seen)}")
    cluster.end(cluster.of("byline-reads")[0], grace=0)
    seen, deadline = collections.Counter(), time.monotonic() + 10
    while time.monotonic() < deadline:
        seen[reads()[0]] += 1
    check(set(seen) == {200}, f"the standby is killed: reads {dict(seen)}")
    check(cluster.wait("the standby answers again", lambda: reads() == (200, True), 120), "it comes back and answers reads")


objects = overlay("replica")
services, behind = standby(objects)
cluster = Cluster(yaml.safe_dump_all(with_issuer(objects) + services), replicas={"byline": 2})
bearer = token("pods", "admin").strip()
try:
    killed_migration()
    if not results[False]:
        replica(behind)
        rolling_update()
        evicted_importers()
        overload()
        check(all(p.restarts == 0 for p in cluster.pods if p.owner == "byline"), "no pod of the service was restarted in all of this")
finally:
    for pod in cluster.pods if results[False] or not results else []:
        if not pod.gone:
            print(f"--- {pod.name}\n" + "".join(pod.logs())[-2000:])
    cluster.down()
print(f"{results[True]} passed, {results[False]} failed")
sys.exit(1 if results[False] or not results[True] else 0)

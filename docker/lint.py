"""Holds Dockerfiles, compose.yaml and workflows to the rules that docker/README.md states. Run by docker/check."""

import glob
import json
import re
import shutil
import subprocess
import sys

import yaml

PINNED = re.compile(r"\S+:[\w.-]+@sha256:[0-9a-f]{64}$")
SHELLCHECK = shutil.which("shellcheck")
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN", re.IGNORECASE)
problems = []


def require(condition, where, what):
    if not condition:
        problems.append(f"{where}: {what}")


def instructions(path):
    """The instructions of a Dockerfile as (name, rest), comments left out and continued lines joined."""
    lines = [line for line in open(path) if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name.upper(), rest.strip()


def exec_form(text):
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


def lint_dockerfile(path):
    arguments, stages, last = {}, set(), []
    for name, rest in instructions(path):
        if name in ("ARG", "ENV"):
            key, _, value = rest.partition("=")
            require(not SECRET.search(key), path, f"{key}: a secret would stay in the image")
            arguments.setdefault(key, value)
        if name == "FROM":
            base, _, stage = re.match(r"(\S+)(\s+AS\s+(\S+))?$", rest, re.IGNORECASE).groups()
            resolved = re.sub(r"\$\{(\w+)\}", lambda match: arguments.get(match[1], ""), base)
            require(resolved in stages | {"scratch"} or PINNED.match(resolved), path, f"FROM {base} is not pinned by tag and digest")
            stages.add(stage)
            last = []
        last.append((name, rest))
    final = dict(last)
    require(re.match(r"[1-9]\d*$", final.get("USER", "")), path, "the last stage needs a numeric USER other than root")
    require(exec_form(final.get("ENTRYPOINT", "")), path, "ENTRYPOINT is not in exec form: SIGTERM would end a shell")
    require(exec_form(final.get("CMD", "[]")), path, "CMD is not in exec form")
    require(exec_form(final.get("HEALTHCHECK", "").partition("CMD ")[2]), path, "HEALTHCHECK is missing or not in exec form")
    for label in ("title", "source", "licenses", "version", "revision"):
        require(f"org.opencontainers.image.{label}=" in final.get("LABEL", ""), path, f"no label org.opencontainers.image.{label}")


def lint_compose(path):
    services = yaml.safe_load(open(path))["services"]
    own_check = {name for name, service in services.items() if "healthcheck" in service or "build" in service}
    for name, service in services.items():
        where = f"{path}: {name}"
        require("build" in service or PINNED.match(service.get("image", "")), where, "image is not pinned by tag and digest")
        require(service.get("read_only") is True, where, "root file system is writable")
        require(service.get("cap_drop") == ["ALL"], where, "capabilities are not dropped")
        require("no-new-privileges:true" in service.get("security_opt", []), where, "no-new-privileges is missing")
        require("mem_limit" in service, where, "no memory limit")
        require(re.match(r"[1-9]\d*:", service.get("user", "")), where, "needs a numeric user other than root")
        require(name in own_check, where, "no health check")
        for key, value in service.get("environment", {}).items():
            require(not SECRET.search(key) or str(value).startswith("${"), where, f"{key} cannot be set from outside")
        for other, how in service.get("depends_on", {}).items():
            require(other in services and "condition" in how, where, f"depends_on {other} has no condition or no such service")
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            require(not source.startswith(".") or glob.glob(f"docker/{source}"), where, f"{source} does not exist")


def lint_workflow(path):
    text = open(path).read()
    workflow = yaml.safe_load(text)
    require("permissions" in workflow, path, "no permissions")
    require("concurrency" in workflow, path, "no concurrency")
    for name, job in workflow["jobs"].items():
        require("timeout-minutes" in job or "uses" in job, path, f"job {name} has no timeout")
        for step in job.get("steps", []):
            lint_shell(path, step.get("run", ""))
    for uses in re.findall(r"uses:\s*(.*)", text):
        own = uses.startswith("./")
        require(own or re.match(r"\S+@[0-9a-f]{40} # v\d", uses), path, f"{uses} is not pinned by commit with its version beside it")


def lint_shell(path, script):
    """With shellcheck where it is installed, as bash runs the steps of a workflow."""
    if SHELLCHECK:
        command = [SHELLCHECK, "--shell=bash", "--severity=warning", "--format=gcc", "-"]
        found = subprocess.run(command, input="set -e\n" + script, capture_output=True, text=True).stdout
        require(not found, path, f"{found}in the step\n{script}")


dockerfiles = ["docker/Dockerfile", "docker/Dockerfile.jvm"]
workflows = sorted(glob.glob(".github/workflows/*.y*ml"))
for each in dockerfiles:
    lint_dockerfile(each)
lint_compose("docker/compose.yaml")
for each in workflows:
    lint_workflow(each)
print("\n".join(problems) or f"{len(dockerfiles)} Dockerfiles, compose.yaml and {len(workflows)} workflows keep the rules")
sys.exit(bool(problems))

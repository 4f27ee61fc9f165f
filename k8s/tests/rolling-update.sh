#!/usr/bin/env bash
# Replaces every pod of the dev overlay while clients write on keep-alive connections, and fails if one request is lost.
# Uses the cluster of the current context, which needs the image (see k8s/README.md), and leaves the overlay there.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! kubectl get --raw /version --request-timeout=10s >/dev/null 2>&1; then
    echo "SKIPPED: rolling update under load: kubectl reaches no cluster"
    exit 0
fi
echo "The cluster of the context $(kubectl config current-context)"

namespace=byline-dev
in_namespace() { kubectl --namespace "$namespace" "$@"; }

kubectl apply -k overlays/dev
# All of the load is one caller's.
in_namespace set env deployment/byline BYLINE_SECURITY_REQUESTS_PER_MINUTE=0 $(../docker/token --settings)
in_namespace rollout status deployment/byline --timeout=10m

in_namespace delete job byline-load --ignore-not-found --cascade=foreground # its pod too
trap 'in_namespace delete -k tests/rolling-update --ignore-not-found >/dev/null' EXIT
kubectl apply -k tests/rolling-update
in_namespace wait --for=jsonpath='{.status.ready}'=1 job/byline-load --timeout=2m # its pod may not exist yet
../docker/token load admin | in_namespace exec -i job/byline-load -- tee /tmp/token >/dev/null
sleep 10 # some load before, so that connections are open

in_namespace rollout restart deployment/byline
in_namespace rollout status deployment/byline --timeout=10m
sleep 20 # the last old pod is still draining when the new ones are complete

# The client ends by itself when it is told to; what it says last is the result.
in_namespace exec job/byline-load -- touch /tmp/stop
in_namespace wait --for=condition=Complete job/byline-load --timeout=1m || true
in_namespace logs job/byline-load
[ "$(in_namespace get job byline-load -o 'jsonpath={.status.succeeded}')" = 1 ]

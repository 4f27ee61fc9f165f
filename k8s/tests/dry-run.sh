#!/usr/bin/env bash
# Asks the API server of the current context what it thinks of every overlay, without storing anything but, for a moment,
# the namespaces. A warning is an error: a Deployment that violates Pod Security would be accepted and its pods refused.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! kubectl get --raw /version --request-timeout=10s >/dev/null 2>&1; then
    echo "SKIPPED: dry run of the overlays: kubectl reaches no cluster"
    exit 0
fi
echo "The cluster of the context $(kubectl config current-context)"

made=()
trap 'for namespace in ${made[@]+"${made[@]}"}; do kubectl delete namespace "$namespace" --wait=false; done' EXIT

failed=0
for overlay in overlays/*/; do
    namespace=$(sed -n 's/^namespace: //p' "$overlay/kustomization.yaml")
    # A dry run needs the namespace to be there, with its Pod Security labels.
    if ! kubectl get namespace "$namespace" >/dev/null 2>&1; then
        kubectl create -f "$overlay/namespace.yaml"
        made+=("$namespace")
    fi

    answer=$(kubectl apply --dry-run=server -k "$overlay" 2>&1) || true
    # Kinds of operators that this cluster lacks are named, not counted: their objects were not looked at.
    missing=$(grep -oE 'no matches for kind "[A-Za-z]+"' <<<"$answer" | sort -u || true)
    # Everything that is not said of an accepted object, but the one warning that is accepted (components/release).
    accepted_warning='metadata.name: this is used in the Pod.s hostname'
    errors=$(grep -vE "server dry run|no matches for kind|ensure CRDs are installed first|$accepted_warning" <<<"$answer" || true)
    grep -E "$accepted_warning" <<<"$answer" || true

    accepted=$(grep -c 'server dry run' <<<"$answer" || true)
    echo "$overlay: $accepted objects accepted"
    [ -z "$missing" ] || echo "$overlay: NOT CHECKED: ${missing//$'\n'/, }"
    if [ -n "$errors" ] || [ "$accepted" = 0 ]; then
        echo "$overlay: REFUSED"
        echo "${errors:-$answer}"
        failed=1
    fi
done
exit $failed

/// The Kubernetes manifests under `k8s/`, rendered as `kubectl apply -k` would render them and held against their
/// rules.
package dev.byline.k8s;

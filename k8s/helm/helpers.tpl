{{/* The environment of the service, as JSON. */}}
{{- define "settings" -}}
{{- $settings := deepCopy .Values.config -}}
{{- with .Values.issuer }}{{ $_ := set $settings "QUARKUS_OIDC_AUTH_SERVER_URL" . }}{{ end -}}
{{- with .Values.gateway.hostname }}{{ $_ := set $settings "BYLINE_HTTP_ORIGIN" (printf "https://%s" .) }}{{ end -}}
{{- toJson $settings -}}
{{- end -}}

{{/* Differs when a value of the migration does. */}}
{{- define "job" -}}
{{- list .Values.image .Values.database .Values.args .Values.resources | toJson | sha256sum | trunc 8 -}}
{{- end -}}

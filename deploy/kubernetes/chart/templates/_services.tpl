{{- /* The services: ports, and where their values are. */ -}}
{{- define "lectern.services" -}}
catalog-service: { values: catalogService, port: 8081, managementPort: 9081 }
progress-service: { values: progressService, port: 8082, managementPort: 9082 }
gateway: { values: gateway, port: 8080, managementPort: 9080 }
{{- end }}

{{- /* What selects the pods of a service, by its name. */ -}}
{{- define "lectern.selector" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/part-of: lectern
{{- end }}

{{- /* The labels of an object. */ -}}
{{- define "lectern.labels" -}}
{{ include "lectern.selector" .name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- /* A variable with a value of a Secret. */ -}}
{{- define "lectern.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- /* The variables of a service that belong to the objects of the chart. */ -}}
{{- define "lectern.variables" -}}
{{- $values := .root.Values }}
# For probes, Prometheus and the gateway. Accounts are administered from within the pod only.
- name: MANAGEMENT_SERVER_ADDRESS
  value: 0.0.0.0
- name: LECTERN_TOKENS_FOLDER
  value: /var/lib/lectern/tokens
{{- if ne .name "catalog-service" }}
- name: LECTERN_CATALOG_URL
  value: http://catalog-service:8081
{{- end }}
{{- if ne .name "progress-service" }}
- name: LECTERN_PROGRESS_URL
  value: http://progress-service:8082
{{- end }}
{{- if eq .name "gateway" }}
- name: LECTERN_CATALOG_MANAGEMENTURL
  value: http://catalog-service:9081
- name: LECTERN_PROGRESS_MANAGEMENTURL
  value: http://progress-service:9082
{{- else if $values.databaseAuthority }}
- name: LECTERN_DATABASE_SSLROOTCERTIFICATE
  value: /etc/lectern/database/ca.crt
{{- end }}
{{- if eq .name "catalog-service" }}
{{ include "lectern.secretVariable" (list "LECTERN_DATABASE_PASSWORD" $values.catalogService.secret "database-password") }}
{{- end }}
{{- if eq .name "progress-service" }}
- name: LECTERN_CANARY_URL
  value: http://gateway:8080
- name: LECTERN_PROGRESS_ERASURE_FOLDER
  value: /var/lib/lectern/erasures
{{- $secret := $values.progressService.secret }}
{{ include "lectern.secretVariable" (list "LECTERN_DATABASE_PASSWORD" $secret "database-password") }}
{{ include "lectern.secretVariable" (list "LECTERN_ADMIN_PASSWORD" $secret "admin-password") }}
{{ include "lectern.secretVariable" (list "LECTERN_ADMINISTRATION_SECRET" $secret "administration-secret") }}
{{- end }}
{{- end }}

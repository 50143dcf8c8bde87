{{- define "gateway.name" -}}
{{ .Values.name | default .Release.Name }}
{{- end }}
{{- define "gateway.selector" -}}
app: {{ .Values.labels.app | default (include "gateway.name" .) }}
istio: {{ .Values.labels.istio | default (include "gateway.name" . | trimPrefix "istio-") }}
{{- end }}

{{ .Values.topLevelOfPartial }}
{{- define "stub.leaf" }}{{ .leaf }}{{ end -}}
{{- define "stub.nothing" }}{{ . }}{{ end -}}
{{- define "stub.context" }}{{ .Values.fromContext }}{{ with .Values.nestedContext }}{{ include "stub.leaf" . }}{{ end }}{{ end -}}
{{- define "stub.dict" }}{{ .root.Values.viaDict }}{{ .settings.port }}{{ .name }}{{ end -}}
{{- define "stub.list" }}{{ $root := first . }}{{ $root.Values.viaList }}{{ (index . 1).inList }}{{ end -}}
{{- define "stub.recursive" }}{{ .label }}{{ range .children }}{{ include "stub.recursive" . }}{{ end }}{{ end -}}
{{- define "stub.uncalled" }}{{ .Values.inUncalled }}{{ end -}}

{{- /* files/ is filled when the chart is packed: the CRDs of imports/crds. */ -}}
{{- range $text := splitList "\n---\n" (.Files.Get "files/crds.yaml") }}
{{- $crd := fromYaml $text }}
{{- if not (has $crd.metadata.name $.Values.base.excludedCRDs) }}
{{ $text }}
---
{{- end }}
{{- end }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: istio-reader-service-account
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
---
{{- /* No rule matches anything that a test writes: no istiod runs that could answer. */}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: istiod-default-validator
  labels:
    app.kubernetes.io/instance: {{ .Release.Name }}
    istio.io/rev: {{ .Values.defaultRevision | quote }}
webhooks:
  - name: validation.istio.io
    clientConfig:
      service: { name: istiod, namespace: istio-system, path: /validate }
    rules:
      - operations: [CREATE, UPDATE]
        apiGroups: [extensions.istio.io]
        apiVersions: ["*"]
        resources: ["*"]
    failurePolicy: {{ .Values.base.validationFailurePolicy }}
    sideEffects: None
    admissionReviewVersions: [v1]

{{- $name := include "gateway.name" . -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, watch, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $name }}
subjects:
  - kind: ServiceAccount
    name: {{ $name }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  type: {{ .Values.service.type }}
  selector: {{ include "gateway.selector" . | nindent 4 }}
  ports: {{ toYaml .Values.service.ports | nindent 4 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  {{- if not .Values.autoscaling.enabled }}
  {{- with .Values.replicaCount }}
  replicas: {{ . }}
  {{- end }}
  {{- end }}
  selector:
    matchLabels: {{ include "gateway.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "gateway.selector" . | nindent 8 }}
        helm.sh/chart: gateway-{{ .Chart.Version }}
        {{- with .Values.revision }}
        istio.io/rev: {{ . | quote }}
        {{- end }}
      annotations: {{ toYaml .Values.podAnnotations | nindent 8 }}
    spec:
      serviceAccountName: {{ $name }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      affinity: {{ toYaml .Values.affinity | nindent 8 }}
      containers:
        - { name: istio-proxy, image: auto }
{{- if .Values.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $name }} }
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } }
{{- end }}
{{- if and .Values.podDisruptionBudget (or (and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) 1)) (and (not .Values.autoscaling.enabled) (gt (int .Values.replicaCount) 1))) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  {{- toYaml .Values.podDisruptionBudget | nindent 2 }}
  selector:
    matchLabels: {{ include "gateway.selector" . | nindent 6 }}
{{- end }}

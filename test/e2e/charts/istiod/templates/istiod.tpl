{{- $suffix := empty .Values.revision | ternary "" (printf "-%s" .Values.revision) -}}
{{- $name := print "istiod" $suffix -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: istio{{ $suffix }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
data:
  mesh: {{ .Values.meshConfig | toYaml | quote }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ $name }}-clusterrole-{{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
rules:
  - apiGroups: [networking.istio.io]
    resources: ["*"]
    verbs: [get, watch, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ $name }}-clusterrole-{{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ $name }}-clusterrole-{{ .Release.Namespace }}
subjects:
  - kind: ServiceAccount
    name: {{ $name }}
    namespace: {{ .Release.Namespace }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  selector: { app: istiod, istio: pilot }
  ports:
    - { name: grpc-xds, port: 15010 }
    - { name: https-dns, port: 15012 }
    - { name: https-webhook, port: 443, targetPort: 15017 }
    - { name: http-monitoring, port: 15014 }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  {{- if not .Values.autoscaleEnabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels: { app: istiod, istio: pilot }
  template:
    metadata:
      labels:
        app: istiod
        istio: pilot
        helm.sh/chart: istiod-{{ .Chart.Version }}
    spec:
      serviceAccountName: {{ $name }}
      tolerations: {{ toYaml .Values.tolerations | nindent 8 }}
      containers:
        - name: discovery
          image: {{ .Values.global.hub }}/pilot:{{ .Chart.Version }}
          env:
            - { name: REVISION, value: {{ .Values.revision | default "default" | quote }} }
            {{- range $key, $value := .Values.env }}
            - { name: {{ $key }}, value: {{ $value | quote }} }
            {{- end }}
{{- if .Values.autoscaleEnabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  minReplicas: {{ .Values.autoscaleMin }}
  maxReplicas: {{ .Values.autoscaleMax }}
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $name }} }
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } }
{{- end }}
{{- if or (and .Values.autoscaleEnabled (gt (int .Values.autoscaleMin) 1)) (and (not .Values.autoscaleEnabled) (gt (int .Values.replicaCount) 1)) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/instance: {{ .Release.Name }} }
spec:
  minAvailable: 1
  selector:
    matchLabels: { app: istiod, istio: pilot }
{{- end }}

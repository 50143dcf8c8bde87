/** Types of resources that are read, and that the hand-over may be about. Facts of AWS are read as well, and stay Terraform's. */
const knownTypes: readonly string[] = [
  "helm_release",
  "kubectl_manifest",
  "kubernetes_manifest",
  "kubernetes_ingress",
  "kubernetes_ingress_v1",
  "kubernetes_service",
  "kubernetes_service_v1",
];

export const isKnownType = (type: string): boolean => knownTypes.includes(type);

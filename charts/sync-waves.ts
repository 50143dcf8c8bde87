/**
 * The order of a roll-out. Argo CD applies a wave when everything in the one before is healthy; between Applications
 * that holds only with the health check of charts/health-checks/application.lua. Deletion goes the other way round.
 */
export const syncWaves = {
  /** Before the Applications that refer to it: custom kinds of one wave are applied by name. */
  project: -1,
  /** CRDs and the validation webhook. */
  istioBase: 0,
  /** The injector, without which the gateway's pods are created with the image `auto` and never start. */
  istiod: 1,
  gatewayChart: 2,
  /** Gateway and VirtualServices: istiod's webhook refuses them until it serves. */
  gateway: 3,
  /** The Ingresses: their load balancers find a gateway that answers. */
  ingress: 4,
  recheck: 4,
} as const satisfies Readonly<Record<string, number>>;

/** The annotation of one wave; its value must be a string, or Argo CD falls back to wave 0 silently. */
export const inWave = (wave: keyof typeof syncWaves): Readonly<Record<string, string>> => ({
  "argocd.argoproj.io/sync-wave": String(syncWaves[wave]),
});

import { describeRejectedValue } from "./rejected-value.ts";

// Nothing of it was applied, so the revert is what is live already: no operation follows, and the gate has to forgive
// the failed one.
describeRejectedValue({
  title: "spread of the gateway's pods that allows no skew at all",
  gatewayValues: {
    topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
  },
  refusal: /must be greater than zero/,
  endsAs: "Synced/Healthy/Failed",
});

import { describeRejectedValue } from "./rejected-value.ts";

// Nothing of it was applied, so the revert is what is live already: no operation follows, and the gate has to forgive
// the failed one.
describeRejectedValue({
  title: "toleration of the gateway's pods with a time for the wrong effect",
  gatewayValues: {
    tolerations: [{ key: "spot", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 30 }],
  },
  refusal: /NoExecute/,
  endsAs: "Synced/Healthy/Failed",
});

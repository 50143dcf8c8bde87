import { describeRejectedValue } from "./rejected-value.ts";

// Nothing of it was applied, so the revert is what is live already: no operation follows, and the gate has to forgive
// the failed one.
describeRejectedValue({
  title: "toleration of the gateway's pods that contradicts itself",
  gatewayValues: { tolerations: [{ operator: "Exists", value: "spot" }] },
  refusal: /must be empty when/,
  endsAs: "Synced/Healthy/Failed",
});

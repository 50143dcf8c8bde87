import { describeRejectedValue } from "./rejected-value.ts";

// The Service of the same sync takes the new label, so the revert is a difference and makes an operation.
describeRejectedValue({
  title: "label that is part of the gateway's immutable selector",
  gatewayValues: { labels: { app: "front-door" } },
  refusal: /field is immutable/,
  endsAs: "Synced/Healthy/Succeeded",
});

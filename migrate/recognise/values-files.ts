// Values files know no release: the only gateway of the input is theirs.
import type { Findings } from "../finding.ts";
import type { LiveState } from "../live.ts";
import { isGatewayService } from "./gateways.ts";
import { isService, nameOf, namespaceOf } from "./objects.ts";

export function nameValuesFiles(state: LiveState, findings: Findings): LiveState {
  const nameless = state.releases.filter(({ chart, name }) => chart === "gateway" && name === "");
  if (nameless.length === 0) return state;
  const services = state.objects.filter((object) => isService(object) && isGatewayService(object));
  const [service, ...others] = services;
  const [release, ...more] = nameless;
  const rest = state.releases.filter((each) => !nameless.includes(each));
  if (service === undefined || others.length > 0 || release === undefined || more.length > 0) {
    const files = nameless.map(({ origin }) => origin.file).join(", ");
    findings.refuse(
      "whose-values",
      "",
      `${files} ${nameless.length === 1 ? "holds" : "hold"} values of the gateway chart, and the input has ${services.length} gateway Services: whose they are cannot be told. Give the releases instead (\`kubectl get secret -A -l owner=helm -o yaml\`).`,
    );
    return { ...state, releases: rest };
  }
  const named = { ...release, name: nameOf(service), namespace: namespaceOf(service) };
  return { ...state, releases: [...rest, named] };
}

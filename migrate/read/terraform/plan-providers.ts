// Which configuration of its provider a resource has, as a raw state would tell it. Of a plan the configuration knows, as long as the
// resource is in it; `show -json` of a state does not tell.
import type { JsonObject } from "../../../core/json.ts";
import { mapOf, mapsOf, textOf } from "../../recognise/objects.ts";

/** `module.mesh.provider["registry.terraform.io/hashicorp/helm"].demo` */
export const providersOf =
  ({ configuration }: JsonObject) =>
  (modules: readonly string[], resource: string): string | undefined => {
    const { root_module, provider_config } = mapOf(configuration);
    const module = modules.reduce(
      (outer, name) => mapOf(mapOf(mapOf(outer.module_calls)[name]).module),
      mapOf(root_module),
    );
    const found = mapsOf(module.resources).find(({ address }) => address === resource);
    const { full_name, alias, module_address } = mapOf(
      mapOf(provider_config)[textOf(found?.provider_config_key)],
    );
    if (textOf(full_name) === "") return undefined;
    const name = `provider["${textOf(full_name)}"]${textOf(alias) === "" ? "" : `.${textOf(alias)}`}`;
    return textOf(module_address) === "" ? name : `${textOf(module_address)}.${name}`;
  };

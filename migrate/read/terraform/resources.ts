// States and plans in every spelling -> one list of resources with their values.
// Formats: developer.hashicorp.com/terraform/internals/json-format (show -json), and states and plans that Terraform 1.11.4 and
// OpenTofu 1.12.6 wrote (test/migrate/terraform).
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import { mapOf, mapsOf, textOf } from "../../recognise/objects.ts";

export interface TerraformInstance {
  /** As the program prints it, keys included. */
  readonly address: string;
  readonly isData: boolean;
  readonly type: string;
  readonly name: string;
  /** Names of the modules around it, without keys. */
  readonly modules: readonly string[];
  readonly isKeyed: boolean;
  /** With alias and module, as a raw state has it. */
  readonly provider: string | undefined;
  /** Address of the provider in its registry. */
  readonly providerName: string;
  readonly isTainted: boolean;
  /** Replaced already, and not deleted yet. */
  readonly isDeposed: boolean;
  readonly values: JsonObject;
  /** As `show -json` has it: true, or a tree of the same shape. */
  readonly sensitive: JsonValue;
}

/** Of `values` in what `show -json` prints. `providerOf`: what a plan's configuration says of a resource. */
export function instancesOfValues(
  values: JsonValue | undefined,
  providerOf: (modules: readonly string[], resource: string) => string | undefined = () => undefined,
): readonly TerraformInstance[] {
  const found: TerraformInstance[] = [];
  const visit = (module: JsonObject): void => {
    const modules = modulesIn(textOf(module.address));
    for (const resource of mapsOf(module.resources))
      found.push({
        address: textOf(resource.address),
        isData: resource.mode === "data",
        type: textOf(resource.type),
        name: textOf(resource.name),
        modules,
        isKeyed: resource.index !== undefined || textOf(module.address).includes("["),
        provider: providerOf(modules, `${textOf(resource.type)}.${textOf(resource.name)}`),
        providerName: textOf(resource.provider_name),
        isTainted: resource.tainted === true,
        isDeposed: resource.deposed_key !== undefined,
        values: mapOf(resource.values),
        sensitive: resource.sensitive_values ?? false,
      });
    for (const child of mapsOf(module.child_modules)) visit(child);
  };
  visit(mapOf(mapOf(values).root_module));
  return found;
}

/** Of a raw state, format 4. */
export const instancesOfState = (state: JsonObject): readonly TerraformInstance[] =>
  mapsOf(state.resources).flatMap((resource) =>
    mapsOf(resource.instances).map((instance) => rawInstance(resource, instance)),
  );

function rawInstance(resource: JsonObject, instance: JsonObject): TerraformInstance {
  const [type, name, module] = [textOf(resource.type), textOf(resource.name), textOf(resource.module)];
  const key = instance.index_key;
  const isData = resource.mode === "data";
  const short = `${isData ? "data." : ""}${type}.${name}${key === undefined ? "" : `[${keyText(key)}]`}`;
  const values = mapOf(instance.attributes);
  return {
    address: module === "" ? short : `${module}.${short}`,
    isData,
    type,
    name,
    modules: modulesIn(module),
    isKeyed: key !== undefined || module.includes("["),
    provider: textOf(resource.provider) || undefined,
    providerName: /provider\["(.+?)"\]/.exec(textOf(resource.provider))?.[1] ?? "",
    isTainted: instance.status === "tainted",
    isDeposed: instance.deposed !== undefined,
    values,
    sensitive: sensitiveTree(instance.sensitive_attributes),
  };
}

/** As the language writes it: `${` and `%{` would begin a template. */
const keyText = (key: JsonValue): string =>
  JSON.stringify(key).replace(/[$%]\{/g, (start) => `${start[0]}${start}`);

/** `module.front["demo"].module.mesh` -> front, mesh. A key may hold dots and brackets. */
export function modulesIn(address: string): readonly string[] {
  const withoutKeys = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
  return [...withoutKeys.matchAll(/(?:^|\.)module\.([^.]+)/g)].map(([, name = ""]) => name);
}

/** Paths of a raw state as the tree that `show -json` has, indexes of lists as keys. A step of an unknown type marks all around it. */
function sensitiveTree(paths: JsonValue | undefined): JsonValue {
  if (!isJsonArray(paths)) return false;
  return paths.filter(isJsonArray).reduce<JsonValue>((tree, path) => marked(tree, path.map(keyOf)), {});
}

/** `{ type: get_attr, value: "values" }`, `{ type: index, value: { value: 2, type: number } }`. */
function keyOf(step: JsonValue): string | undefined {
  const { type, value } = mapOf(step);
  const key = type === "index" && isJsonObject(value) ? value.value : value;
  return ["get_attr", "index"].includes(textOf(type)) && (typeof key === "string" || typeof key === "number")
    ? String(key)
    : undefined;
}

function marked(tree: JsonValue, [first, ...rest]: readonly (string | undefined)[]): JsonValue {
  if (tree === true || first === undefined) return true;
  const map = mapOf(tree);
  return { ...map, [first]: marked(map[first] ?? false, rest) };
}

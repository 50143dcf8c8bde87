import { visible } from "../../core/format-value.ts";

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const plainValue = /^[A-Za-z0-9_./*:-]+$/;

/** `spec.rules` and then `metadata.annotations["alb.ingress.kubernetes.io/scheme"]`: no two paths look the same. */
export function keyPath(parent: string, key: string): string {
  if (!plainKey.test(key)) return `${parent}[${visible(JSON.stringify(key))}]`;
  return parent === "" ? key : `${parent}.${key}`;
}

/** `spec.hosts[2]`; `spec.hosts[1->2]` for an item that stands elsewhere now. */
export const indexPath = (parent: string, before: number, after = before): string =>
  `${parent}[${before === after ? before : `${before}->${after}`}]`;

/** `spec.servers[port.name=http]`, the item of a list that has a key. */
export const itemPath = (parent: string, key: ReadonlyMap<string, string | number>): string =>
  `${parent}[${[...key].map(([name, value]) => `${name}=${valueText(value)}`).join(" ")}]`;

const valueText = (value: string | number): string =>
  typeof value === "string" && plainValue.test(value) && Number.isNaN(Number(value))
    ? value
    : typeof value === "number"
      ? String(value)
      : visible(JSON.stringify(value));

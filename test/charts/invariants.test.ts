import { describe, expect, it } from "vitest";
import { goldenCases } from "../golden/golden-cases.ts";
import { outputWith } from "./configurations.ts";
import { invariants } from "./invariants/index.ts";
import { spoilers } from "./invariants/spoilers.ts";
import { loadOutputs } from "./output.ts";

describe.each(goldenCases)("in the output of the golden case $name", ({ root }) => {
  const outputs = loadOutputs(root);

  it.each(invariants)("$name", ({ violations }) => {
    expect(outputs.flatMap(violations)).toEqual([]);
  });
});

const service = { name: "web", namespace: "web", port: 80 };
const output = outputWith({
  routes: [{ name: "web", hosts: ["app.example.com"], ingress: "services", service }],
});

describe.each(invariants)("it is noticed that not $name", ({ name, violations }) => {
  it.each(spoilers[name] ?? [])("where $change", ({ spoil }) => {
    expect(violations(output)).toEqual([]);
    expect(violations(spoil(output))).not.toEqual([]);
  });
});

it("is known of every invariant how it is broken", () => {
  expect(Object.keys(spoilers).sort()).toEqual(invariants.map(({ name }) => name).sort());
});

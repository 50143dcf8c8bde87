import { expect, it } from "vitest";
import { readHealthCheck, runHealthCheck } from "./lua.ts";

const established = { type: "Established", status: "True", reason: "InitialNamesAccepted" };
const installing = { type: "Established", status: "False", reason: "Installing" };

it.each([
  {},
  { status: {} },
  { status: { conditions: [installing] } },
  { status: { conditions: [established] } },
])("a CustomResourceDefinition is Healthy as soon as it exists: %j", (object) => {
  const check = readHealthCheck("custom-resource-definition");
  expect(runHealthCheck(check, object)).toEqual({ status: "Healthy", message: "" });
});

// Istio's protos -> names and types of `meshConfig`.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { meshMismatches } from "../../config/mesh-schema.ts";
import { protoFiles, renderMeshSchema } from "../../tools/import/mesh-schema.mjs";
import { modules } from "../../tools/import/sources.mjs";

const committed = readFileSync(new URL("../../imports/mesh-schema.json", import.meta.url), "utf8");

/** The first file holds the messages, the others nothing. */
const render = (messages: string): string =>
  renderMeshSchema((file) =>
    file === protoFiles[0]
      ? `syntax = "proto3"; package istio.mesh.v1alpha1; ${messages}`
      : 'syntax = "proto3";',
  );

describe("imports/mesh-schema.json", () => {
  it("is of the version that is imported", () => {
    expect(JSON.parse(committed).from).toBe(`${modules.istio.path} ${modules.istio.version}`);
  });

  it("has every type that it names", () => {
    const { messages, enums } = JSON.parse(committed);
    const scalars = ["string", "bool", "number", "integer", "duration", "any"];
    const types = Object.values<Record<string, string>>(messages).flatMap((fields) => Object.values(fields));
    const named = types.map((type) => type.replace(/^[[{](.*)[\]}]$/, "$1"));
    const known = [...scalars, ...Object.keys(messages), ...Object.keys(enums)];
    expect(named.filter((type) => !known.includes(type))).toEqual([]);
  });
});

describe("a proto", () => {
  it("gives scalars, lists, maps, enums and the types of Google's by what JSON has of them", () => {
    const text = render(`
      message MeshConfig {
        enum Mode { OFF = 0; ON = 1; }
        Mode mode = 1;
        repeated ProxyConfig proxies = 2;
        map<string, uint32> ports = 3;
        google.protobuf.Duration after = 4;
        google.protobuf.BoolValue flag = 5;
        oneof one { string a_b = 6; double c = 7; }
      }
      message ProxyConfig { google.protobuf.Struct free = 1; }`);
    const { messages, enums } = JSON.parse(text);
    expect(messages.MeshConfig).toEqual({
      a_b: "string",
      after: "duration",
      c: "number",
      flag: "bool",
      mode: "MeshConfig.Mode",
      ports: "{integer}",
      proxies: "[ProxyConfig]",
    });
    expect(messages.ProxyConfig).toEqual({ free: "any" });
    expect(enums).toEqual({ "MeshConfig.Mode": ["OFF", "ON"] });
  });

  it("with a type that nothing defines is an error that names it", () => {
    expect(() => render("message MeshConfig { Nothing x = 1; } message ProxyConfig {}")).toThrow(/Nothing/);
  });
});

/** Accepted and refused by golang/protobuf 1.5.4 (jsonpb, AllowUnknownFields) with istio.io/api 1.31.1, run 2026-12-01. */
describe("a value is judged as istiod's decoder judges it", () => {
  it.each([
    { connectTimeout: "1m" },
    { connectTimeout: "0" },
    { connectTimeout: "1.5s" },
    { defaultConfig: { concurrency: "2" } },
    { defaultConfig: { tracing: { sampling: "10" } } },
    { meshMTLS: { minProtocolVersion: 2 } },
    { mesh_mTLS: { minProtocolVersion: "TLSV1_3" } },
    { proxyListenPort: "15001" },
    { accessLogFile: null },
  ])("%j is taken", (value) => {
    expect(meshMismatches("MeshConfig", value)).toEqual([]);
  });

  it.each([
    { accessLogFile: 3 },
    { enableTracing: "true" },
    { connectTimeout: 10 },
    { connectTimeout: "10" },
    { defaultConfig: { proxyMetadata: { X: true } } },
    { defaultConfig: { proxyMetadata: { X: 1 } } },
    { defaultConfig: { concurrency: "a" } },
    { defaultConfig: { concurrency: 2.5 } },
    { defaultConfig: { tracing: { sampling: "x" } } },
    { defaultConfig: "x" },
    { meshMTLS: { minProtocolVersion: "TLSV1_9" } },
    { trustDomainAliases: "a" },
    { extensionProviders: {} },
    { accessLogEncoding: "json" },
    { localityLbSetting: { enabled: "true" } },
  ])("%j is refused", (value) => {
    expect(meshMismatches("MeshConfig", value).map(({ isUnknown }) => isUnknown)).toEqual([false]);
  });
});

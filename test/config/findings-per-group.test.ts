// What many have in common is one finding that lists them, not one for each pair.
import { describe, expect, it } from "vitest";
import { load, loadFleet, minimalCluster, printed } from "./minimal-cluster.ts";

const codesOf = (problems: readonly { readonly code: string }[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

it("40 copies of a cluster file are one finding each: all that is in them is not compared", () => {
  const copies = Object.fromEntries(numbers(40).map((index) => [`copy-${index}`, minimalCluster]));
  expect(codesOf(loadFleet(copies).problems)).toEqual({ "cluster/file-name": 40 });
});

it("40 clusters with a load balancer of one name are one finding, which lists the first few of them", () => {
  const named = (index: number) =>
    minimalCluster.replace("name: demo", `name: c${index}`).replace("hosts:", "name: front\n    hosts:");
  const result = loadFleet(Object.fromEntries(numbers(40).map((index) => [`c${index}`, named(index)])));
  expect(codesOf(result.problems)).toEqual({ "alb/name-twice": 1 });
  expect(printed(result)).toContain("(ingresses.services) and 33 more");
});

describe("20 doors", () => {
  const doors = (door: (index: number) => string): string =>
    `${minimalCluster.slice(0, minimalCluster.indexOf("  services:"))}${numbers(20)
      .map((index) => `  door${index}: { ${door(index)} }\n`)
      .join("")}`;

  it("with the same hosts, names and Ingresses are one finding about each", () => {
    const same = doors(
      () =>
        "hosts: [a.example.com], certificate: { domain: a.example.com }, name: door, ingressName: ingress",
    );
    expect(codesOf(load(same).problems)).toEqual({
      "alb/host-twice": 1,
      "alb/ingress-name-twice": 1,
      "alb/name-twice": 1,
    });
  });

  it("that are closed, below the wildcard of an open one, are one finding", () => {
    const closed = doors((index) =>
      index === 0
        ? 'hosts: ["*.example.com"], certificate: { domain: "*.example.com" }'
        : `hosts: [h${index}.example.com], certificate: { domain: "*.example.com" }, scheme: internal`,
    );
    const { problems } = load(closed);
    expect(codesOf(problems)).toEqual({ "alb/wildcard-over-closed-host": 1 });
    expect(problems[0]?.message).toContain("h15.example.com of the closed ingress door15 and 12 more");
  });

  it("that want two algorithms for one certificate are one finding", () => {
    const mixed = doors(
      (index) =>
        `hosts: [h${index}.example.com], certificate: { domain: "*.example.com", keyAlgorithm: ${index % 2 ? "rsa" : "ecdsa"} }`,
    );
    expect(codesOf(load(mixed).problems)).toEqual({ "alb/key-algorithm-conflict": 1 });
  });
});

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartSource } from "../../../config/helm-template/chart-source.ts";
import { ArchiveError, readArchive } from "../../../config/helm-template/read-archive.ts";
import { makeArchive, makeTar, paxPath, type TarEntry } from "./make-archive.ts";

const textsOf = (entries: readonly TarEntry[]): Record<string, string> =>
  Object.fromEntries(
    [...readArchive(makeArchive(entries))].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]),
  );

describe("a packaged chart", () => {
  it("is read without its folder", () => {
    const entries = [
      { name: "base/", type: "5" },
      { name: "base/Chart.yaml", content: "name: base" },
      { name: "base/templates/./a.yaml", content: "x".repeat(700) },
      { name: "base/empty", content: "" },
    ];
    expect(textsOf(entries)).toEqual({
      "Chart.yaml": "name: base",
      "templates/a.yaml": "x".repeat(700),
      empty: "",
    });
  });

  it("may have long names, as pax and GNU write them", () => {
    const long = `base/${"d/".repeat(60)}a.yaml`;
    expect(
      textsOf([
        { name: "pax", type: "x", content: paxPath(long) },
        { name: "short", content: "1" },
        { name: "././@LongLink", type: "L", content: `${long}.gnu\0` },
        { name: "short", content: "2" },
        { name: "base/b", content: "3" },
      ]),
    ).toEqual({ [long.slice(5)]: "1", [`${long.slice(5)}.gnu`]: "2", b: "3" });
  });

  it.each([
    ["/etc/passwd", "an absolute path"],
    ["base/../../outside", "a path that goes up"],
    ["..\\..\\outside", "the same for Windows"],
    ["C:/windows", "a drive"],
  ])("is refused for %s: %s", (name) => {
    expect(() => readArchive(makeArchive([{ name, content: "x" }]))).toThrow(/leads out of the archive/);
  });

  it.each(["1", "2", "3", "6"])("is refused for links and devices (type %s)", (type) => {
    expect(() => readArchive(makeArchive([{ name: "base/a", type }]))).toThrow(/neither a file nor a folder/);
  });

  it("is refused when it unpacks to more than any chart has", () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => readArchive(bomb)).toThrow("more than 20971520 bytes when unpacked");
    const large = [{ name: "base/a", content: Buffer.alloc(6 * 1024 * 1024) }];
    expect(() => readArchive(makeArchive(large))).toThrow("base/a has more than 5242880 bytes");
  });

  it("is refused when it is cut off or something else", () => {
    const tar = makeTar([{ name: "base/a", content: "x".repeat(2000) }]);
    expect(() => readArchive(gzipSync(tar.subarray(0, 1000)))).toThrow("it ends in the middle of a file");
    expect(() => readArchive(gzipSync(Buffer.alloc(600, "x")))).toThrow("no tar archive");
    expect(() => readArchive(Buffer.from("PK zip"))).toThrow("no gzip archive");
  });

  it("never fails in another way, whatever the bytes", () => {
    const tar = makeTar([
      { name: "pax", type: "x", content: paxPath("base/long") },
      { name: "base/a", content: "x".repeat(600) },
    ]);
    fc.assert(
      fc.property(fc.nat(tar.length - 1), fc.nat(255), fc.nat(tar.length), (place, byte, length) => {
        const broken = Buffer.from(tar);
        broken[place] = byte;
        try {
          readArchive(gzipSync(broken.subarray(0, length)));
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a chart with packed subcharts", () => {
  it("is read with them", () => {
    const sub = makeArchive([
      { name: "sub/Chart.yaml", content: '{"name":"sub"}' },
      { name: "sub/templates/a.yaml", content: "{{ .Values.x }}" },
    ]);
    const files = readArchive(
      makeArchive([
        { name: "base/Chart.yaml", content: '{"name":"base"}' },
        { name: "base/charts/sub-1.0.0.tgz", content: sub },
        { name: "base/charts/_ignored/Chart.yaml", content: '{"name":"ignored"}' },
      ]),
    );
    const { subcharts } = chartSource(files, JSON.parse);
    expect(subcharts.map(({ metadata, files: own }) => [metadata.name, [...own.keys()]])).toEqual([
      ["sub", ["Chart.yaml", "templates/a.yaml"]],
    ]);
  });

  it("is refused without a Chart.yaml", () => {
    expect(() => chartSource(new Map(), JSON.parse)).toThrow("there is no Chart.yaml with a name");
  });
});

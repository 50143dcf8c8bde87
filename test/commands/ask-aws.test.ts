import { afterEach, expect, it, vi } from "vitest";
import { runLookup } from "../../commands/lookup.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { fakeAws, fakeWorld, standardAccount } from "./fake-account.ts";
import { makeLookupProject } from "./lookup-project.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it("allows any number of calls at once to wait for the time limit: Node would warn of a leak on stderr", async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on("warning", note);
  fakeAws(standardAccount);
  const world = fakeWorld({});
  const input = {
    disk: nodeReadFileSystem,
    root: makeLookupProject(),
    words: [],
    options: {},
    progress: () => {},
  };
  await runLookup(input, {
    ...world,
    connect: (options) => {
      for (let call = 0; call < 30; call += 1) options.abortSignal?.addEventListener("abort", () => {});
      return world.connect(options);
    },
  });
  await new Promise(setImmediate);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

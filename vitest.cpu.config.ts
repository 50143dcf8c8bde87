import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";
const projects = (base as any).test.projects.map((p: any) => ({ ...p, test: { ...p.test, setupFiles: ["/tmp/mutants/cpu/setup.ts"], testTimeout: 60000 } }));
export default defineConfig({ ...(base as any), test: { ...(base as any).test, projects }, server: { fs: { strict: false } } } as any);

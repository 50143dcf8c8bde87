import { build } from "esbuild";
import { mainBundle } from "./bundles.mjs";

await build({ ...mainBundle, minify: false, outfile: "/tmp/speed/build/meshfront.cjs" });

import packageJson from "../package.json" with { type: "json" };

/** Version of this meshfront. */
export const ownVersion = packageJson.version;

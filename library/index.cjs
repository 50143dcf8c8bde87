// The package's entry for programs, ESM and CommonJS alike. Names stand out in full: Node finds the exports of a CommonJS
// module by reading it.
"use strict";
const { run, defineCluster, buildCluster, ConfigurationError } = require("../build/meshfront.cjs");

module.exports = { run, defineCluster, buildCluster, ConfigurationError };

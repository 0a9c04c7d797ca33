/**
 * What is used of prom-client. Its index also loads metrics of Node.js and with them OpenTelemetry's API, 80 files that a
 * start would wait for.
 */
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./prom-client-files.d.ts" />
export { default as Counter } from "prom-client/lib/counter.js";
export { default as Gauge } from "prom-client/lib/gauge.js";
export { default as Histogram } from "prom-client/lib/histogram.js";
export { default as Registry } from "prom-client/lib/registry.js";

import type { Registry } from "prom-client";
import { Counter, Gauge } from "./prom-client-parts";

/** Begins the name of every metric. */
export const prefix = "stoneturner_";

export interface Sample {
  labels?: Record<string, string>;
  value: number;
}

interface Described {
  /** Without the prefix. */
  name: string;
  help: string;
  labels?: string[];
}

/** Registers a number that goes up and down, read whenever it is asked for. */
export function gaugeOf(registry: Registry, described: Described, read: () => Promise<Sample[]>): void {
  const { name, help, labels: labelNames = [] } = described;
  const gauge = new Gauge({
    name: prefix + name,
    help,
    labelNames,
    registers: [],
    async collect() {
      const samples = await read();
      this.reset();
      for (const { labels = {}, value } of samples) this.set(labels, value);
    },
  });
  registry.registerMetric(gauge);
}

/** Registers a number that never falls, read whenever it is asked for. */
export function counterOf(registry: Registry, described: Described, read: () => Promise<Sample[]>): void {
  const { name, help, labels: labelNames = [] } = described;
  const counter = new Counter({
    name: prefix + name,
    help,
    labelNames,
    registers: [],
    async collect() {
      const samples = await read();
      this.reset();
      for (const { labels = {}, value } of samples) this.inc(labels, value);
    },
  });
  registry.registerMetric(counter);
}

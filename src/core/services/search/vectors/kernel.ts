import { kernelBytes } from "./kernel-bytes";

interface Kernel {
  scan: (
    count: number,
    bits: number,
    numbers: number,
    mask: number,
    distances: number,
    histogram: number,
    query: number,
  ) => void;
  collect: (count: number, distances: number, limit: number, out: number) => number;
  estimate: (
    place: number,
    end: number,
    bits: number,
    planes: number,
    planesEnd: number,
    out: number,
  ) => void;
}

const module = new WebAssembly.Module(Buffer.from(kernelBytes, "base64"));

/** The loops of `scripts/kernel/popcount.wat` over one memory. All numbers are byte addresses, counts or distances. */
export function kernelOver(memory: WebAssembly.Memory): Kernel {
  // The module is our own, with exactly these exports.
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}

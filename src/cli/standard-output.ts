export interface StandardOutput {
  /** Writes one line, in order. */
  print: (line: string) => void;
  /** Resolves once every line is written, or cannot be. */
  written: () => Promise<void>;
}

/** @param onFailure called once, as soon as a line cannot be written: "closed" when nobody reads on, an error when the disk is full, say */
export function openOutput(
  stream: Pick<NodeJS.WriteStream, "write" | "on">,
  onFailure: (failure: "closed" | Error) => void,
): StandardOutput {
  let failure: "closed" | Error | undefined;
  let last: Promise<void> = Promise.resolve();
  const fail = (error: Error) => {
    if (failure !== undefined) return;
    failure = "code" in error && error.code === "EPIPE" ? "closed" : error;
    onFailure(failure);
  };
  stream.on("error", fail);
  return {
    print: (line) => {
      last = new Promise((resolve) => {
        stream.write(`${line}\n`, (error) => {
          if (error) fail(error);
          resolve();
        });
      });
    },
    written: () => last,
  };
}

import type { Way } from "./connect-form";

/** Which of two ways to connect by. */
export function WayChoice({ name, way, choose }: { name: string; way: Way; choose: (way: Way) => void }) {
  const words: Record<Way, string> = { key: "Paste a secret", consent: `Sign in at ${name}` };
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">How to connect</legend>
      {(["key", "consent"] as const).map((one) => (
        <label key={one} className="choice">
          <input
            type="radio"
            name="way"
            className="sr-only"
            checked={way === one}
            onChange={() => choose(one)}
          />
          {words[one]}
        </label>
      ))}
    </fieldset>
  );
}

import { Slider } from "@base-ui/react/slider";
import type { ReactNode } from "react";

/** From where to where of a whole, in percent. */
export type Range = readonly [number, number];
export const whole: Range = [0, 100];

/** Whether nothing is cut off. */
export function isWhole([from, to]: Range): boolean {
  return from <= 0 && to >= 100;
}

/**
 * A part of a whole, chosen with two handles under the picture of it: with a pointer, arrows, Page keys, Home and End.
 *
 * @param say what a place means, e.g. its time of day
 */
export function RangePicker({
  label,
  value,
  change,
  say,
  children,
}: {
  label: string;
  value: Range;
  change: (next: Range) => void;
  say: (place: number) => string;
  children?: ReactNode;
}) {
  return (
    <div className="px-2">
      {children}
      <Slider.Root
        aria-label={label}
        value={value}
        min={0}
        max={100}
        step={0.5}
        largeStep={10}
        minStepsBetweenValues={2}
        onValueChange={([from, to]) => change([from, to])}
      >
        <Slider.Control className="range-control">
          <Slider.Track className="range-track">
            <Slider.Indicator className="range-chosen" />
            {(["from", "until"] as const).map((end, index) => (
              <Slider.Thumb
                key={end}
                index={index}
                className="range-thumb"
                getAriaLabel={() => `${label}, ${end}`}
                getAriaValueText={(_, place) => say(place)}
              />
            ))}
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <div aria-hidden="true" className="flex justify-between text-xs text-muted tabular-nums">
        <span>{say(value[0])}</span>
        <span>{say(value[1])}</span>
      </div>
    </div>
  );
}

import { Button } from "@/client/ui/button";

/** Says that closing would lose what was typed. */
export function Leaving({ stay, leave }: { stay: () => void; leave: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-warn-soft px-3 py-2"
    >
      <p className="text-warn">What you typed is not saved.</p>
      <div className="flex gap-2">
        <Button onClick={stay}>Go on</Button>
        <Button look="danger" onClick={leave}>
          Discard it
        </Button>
      </div>
    </div>
  );
}

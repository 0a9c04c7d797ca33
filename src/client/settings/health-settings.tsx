import { useState } from "react";
import type { z } from "zod";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { bytesWords } from "@/client/ui/bytes";
import { Icon } from "@/client/ui/icons";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { TimeAgo } from "@/client/ui/time";
import type { doctorAnswerSchema, System } from "@/core/models/system";
import { Facts } from "./facts";
import { Jobs } from "./jobs";

type Answer = z.infer<typeof doctorAnswerSchema>;

function Findings({ answer }: { answer: Answer }) {
  const wrong = answer.findings.filter((finding) => finding.fix !== undefined);
  const sorted = [...wrong, ...answer.findings.filter((finding) => finding.fix === undefined)];
  return (
    <>
      <output className="mb-2 block font-medium">
        {wrong.length === 0 ? "Everything is well." : `${count(wrong.length, "thing")} to mend.`}
      </output>
      <ul className="table-box divide-y divide-line">
        {sorted.map(({ check, message, fix }) => (
          <li key={`${check} ${message}`} className="flex gap-2.5 px-4 py-2.5">
            <Icon
              name={fix === undefined ? "check" : "alert"}
              className={`mt-1 ${fix === undefined ? "text-accent" : "text-bad"}`}
            />
            <div className="min-w-0">
              <p dir="auto">
                <span className="sr-only">{fix === undefined ? "Well: " : "Wrong: "}</span>
                {message}
              </p>
              {fix === undefined ? null : (
                <p dir="auto" className="text-sm text-muted">
                  {fix}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Doctor() {
  const api = useApi();
  const { busy, act } = useAction();
  const [answer, setAnswer] = useState<Answer>();
  const examine = async () => {
    const found = await act(() => api.doctor(), { failed: "The checks could not be made." });
    if (found !== undefined) setAnswer(found);
  };
  return (
    <Section
      title="Checks"
      lead="Data folder, database, index, syncs, schedules and machine. They change nothing."
      actions={
        <Button look="primary" icon="heart" disabled={busy} onClick={() => void examine()}>
          {busy ? "Looking…" : "Look for what is wrong"}
        </Button>
      }
    >
      {answer === undefined ? null : <Findings answer={answer} />}
    </Section>
  );
}

function Backups({ system }: { system: System }) {
  const key =
    system.key === "file"
      ? "In stoneturner.key in the data folder. Keep a copy of it apart from the data."
      : "From STONETURNER_KEY. Keep a copy of it apart from the data.";
  return (
    <Section
      title="Key and backups"
      lead="Made before every update of the database, and with stoneturner backup FILE."
    >
      <Facts
        facts={[
          ["Master key", key],
          ...(system.backups.length === 0
            ? [["Backups", "None yet. Make one on the machine: stoneturner backup FILE"] as const]
            : system.backups.map(
                ({ name, bytes, at }) =>
                  [
                    name,
                    <>
                      {bytesWords(bytes)}, <TimeAgo iso={at} />
                    </>,
                  ] as const,
              )),
        ]}
      />
    </Section>
  );
}

/** Whether all is well, and what there is to fall back on. */
export function HealthSettings() {
  const api = useApi();
  const { data, error, reload } = useResource("system", (signal) => api.system(signal));
  return (
    <>
      <Doctor />
      <Jobs />
      {error === undefined ? null : (
        <div className="mt-8">
          <Failure title="The backups could not be loaded" error={error} retry={reload} />
        </div>
      )}
      {data === undefined && error === undefined ? (
        <div className="mt-8">
          <Loading what="backups">
            <Bone className="h-28" />
          </Loading>
        </div>
      ) : null}
      {data === undefined ? null : <Backups system={data} />}
    </>
  );
}

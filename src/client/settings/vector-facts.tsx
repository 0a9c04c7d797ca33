import type { ReactNode } from "react";
import { count } from "@/client/runs/words";
import type { System, VectorState } from "@/core/models/system";

const number = new Intl.NumberFormat("en");

/** The model that search uses, and how many passages it has a vector of. */
function InUse({ system }: { system: System }) {
  const { vectorIndex, embeddingModels, passages } = system;
  const { model, building, waiting } = vectorIndex;
  if (model === null) return <p>None yet; search goes by words, names and shape.</p>;
  const vectors = embeddingModels.find((one) => one.model === model)?.vectors ?? 0;
  return (
    <>
      <p>
        {model}:{" "}
        {vectors >= passages
          ? `all of ${count(passages, "passage")}`
          : `${number.format(vectors)} of ${count(passages, "passage")}`}
      </p>
      {building !== null || waiting === 0 ? null : (
        <p className="text-sm text-muted">{count(waiting, "artifact")} still to come; words find them.</p>
      )}
    </>
  );
}

function Building({ building }: { building: NonNullable<VectorState["building"]> }) {
  const { model, done, total } = building;
  return (
    <div className="space-y-1">
      <p>
        {model}: {number.format(done)} of {count(total, "artifact")}. Search changes over once all are done.
      </p>
      <progress className="bar" aria-label={`Artifacts with vectors of ${model}`} value={done} max={total} />
    </div>
  );
}

/** What is wrong with a model, and what to do if it stays so. */
export function ModelProblem({ problem, variable }: { problem: string; variable: string }) {
  return (
    <>
      <p className="text-bad">{problem}</p>
      <p className="text-sm text-muted">
        Search goes on with what it has, and the model is tried again by itself. If this stays, check{" "}
        {variable} with its address and key, and start again.
      </p>
    </>
  );
}

/** How the vectors stand: the model in use, the one being built, and what is wrong; each only when there is one. */
export function vectorFacts(system: System): (readonly [string, ReactNode])[] {
  const { building, problem } = system.vectorIndex;
  return [
    ["Vectors", <InUse key="use" system={system} />],
    ...(building === null
      ? []
      : [["Vectors being built", <Building key="build" building={building} />] as const]),
    ...(problem === null
      ? []
      : [
          [
            "Problem with vectors",
            <ModelProblem key="problem" problem={problem} variable="EMBEDDING_MODEL" />,
          ] as const,
        ]),
  ];
}

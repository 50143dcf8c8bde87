// The places in an output where the hook's program runs.
import { type JobSpec, ofKind } from "./kubernetes.ts";
import type { Output } from "./output.ts";

/** Values of one option among the arguments of the program. */
export const argument = (job: JobSpec, option: string): readonly string[] =>
  job.template.spec.containers[0].args
    .filter((each) => each.startsWith(`--${option}=`))
    .map((each) => each.slice(`--${option}=`.length));

/** Jobs and CronJobs, with the objects of the same file. */
export const runs = (output: Output) =>
  output.files.flatMap(({ objects }) => [
    ...ofKind(objects, "Job").map(({ metadata, spec }) => ({ ...metadata, job: spec, objects })),
    ...ofKind(objects, "CronJob").map(({ metadata, spec }) => ({
      ...metadata,
      job: spec.jobTemplate.spec,
      objects,
    })),
  ]);

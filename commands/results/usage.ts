import { resultOf } from "./result.ts";

/** No command ran: the command line could not be understood, or `--chdir` names no folder. */
export const usageResult = resultOf("meshfront", {});

// A client of the AWS SDK, faked at its one method.

export interface FakeClient {
  readonly inputs: unknown[];
  readonly commands: string[];
  readonly send: never;
}

/** Answers one call after the other; an Error is thrown. */
export function fakeClient(...answers: readonly (object | Error)[]): FakeClient {
  const inputs: unknown[] = [];
  const commands: string[] = [];
  const send = async (command: { readonly input: unknown }): Promise<object> => {
    const answer = answers[inputs.length];
    inputs.push(command.input);
    commands.push(command.constructor.name);
    if (answer === undefined) throw new Error("one call more than the test expects");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { inputs, commands, send: send as never }; // the SDK's own type has an overload for each command
}

/** As the SDK throws what AWS refuses. */
export function awsError(name: string, message = "text of AWS", status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status, attempts: 1 } });
}

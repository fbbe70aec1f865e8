/** Which of the server's complaints belongs to which field. */

export interface Problem {
  path: string;
  message: string;
}

/** `parameters.0.name`, `parameters[0].name` and `/parameters/0/name` name the same place. */
export function parts(path: string): string[] {
  return path.split(/[.[\]/]+/).filter((part) => part !== "");
}

function reaches(field: string[], problem: string[]): boolean {
  return field.length <= problem.length && field.every((part, index) => part === problem[index]);
}

/** The problems at a field, or below it. */
export function problemsAt(problems: readonly Problem[], path: string): Problem[] {
  const field = parts(path);
  return problems.filter((problem) => reaches(field, parts(problem.path)));
}

/** The most telling of several fields for each problem; what no field shows is left over. */
export function unclaimed(problems: readonly Problem[], fields: Iterable<string>): Problem[] {
  const shown = [...fields].map(parts);
  return problems.filter((problem) => {
    const path = parts(problem.path);
    return !shown.some((field) => reaches(field, path));
  });
}

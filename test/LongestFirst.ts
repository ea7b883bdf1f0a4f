import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Suites that take longest. One that begins last keeps a single worker busy at the end of a run. */
const longest = [
  ...["browser/Editor", "deployment/Guide", "program/Telemetry", "program/Doctor", "program/PageCache"],
  ...["program/Backup", "browser/Writing", "program/LostDatabase", "program/Supervision", "layers/backup/Backup"],
  ...["program/Portability", "browser/Owner", "program/MovedFromPython", "browser/Acceptance", "browser/Theme"],
  ...["web/http/SmuggledScript", "web/http/LockOut", "layers/conformance/SqlPool", "layers/search/Healing"]
].map((name) => `/test/${name}.test.ts`)

const rank = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(name))
  return place === -1 ? longest.length : place
}

/** Begins with the longest suites, also in a fresh clone, where Vitest knows no times and goes by the size of files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

import { describe, expect, it } from "vitest"
import { parseDotEnv } from "../../layers/node/DotEnv.js"

const values = (text: string) => ({ ...parseDotEnv(text).variables.values })

describe("A .env file", () => {
  it("takes assignments, quotes over several lines, comments, CRLF and a byte order mark", () => {
    const text = [
      "\uFEFF# site",
      "STARPUNK_SITE_NAME = River notes \r",
      "export STARPUNK_PORT=9000 # the port",
      "",
      "STARPUNK_SITE_DESCRIPTION='one",
      "two' # said twice",
      'QUOTED="a # b"',
      "EMPTY="
    ].join("\n")
    expect(parseDotEnv(text).problems).toEqual([])
    expect(values(text)).toEqual({
      STARPUNK_SITE_NAME: "River notes",
      STARPUNK_PORT: "9000",
      STARPUNK_SITE_DESCRIPTION: "one\ntwo",
      QUOTED: "a # b",
      EMPTY: ""
    })
  })

  it("names every line that is no assignment, shows none of them, and reads the others", () => {
    const parsed = parseDotEnv('A=1\nSTARPUNK_HEALTH_TOKEN hunter2\nB=2\n=hunter2\nC="hunter2\nD=4\n')
    expect(parsed.problems.map(({ given }) => given)).toEqual([
      "something else in line 2",
      "something else in line 4",
      "something else in line 5"
    ])
    expect(JSON.stringify(parsed.problems)).not.toContain("hunter2")
    expect({ ...parsed.variables.values }).toEqual({ A: "1", B: "2", D: "4" })
  })
})

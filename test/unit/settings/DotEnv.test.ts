import { describe, expect, it } from "vitest"
import { parseDotEnv } from "../../../layers/process/DotEnv.js"

const values = (text: string) => ({ ...parseDotEnv(text).variables.values })

describe("A .env file", () => {
  it("accepts assignments, quotes over several lines, comments, CRLF and a byte order mark", () => {
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

  it.each([
    ["a hash in a word", "A=C# notes", "C# notes"],
    ["a secret with a hash", "A=s#cr#t", "s#cr#t"],
    ["a hash at the beginning of a value", "A=#fff", "#fff"],
    ["a comment after white space", "A=one two # three", "one two"],
    ["a comment after a tab", "A=one\t# two", "one"],
    ["a comment in the place of a value", "A= # none", ""],
    ["an address with a fragment", "A=https://a.example/#me", "https://a.example/#me"],
    ["a comment after quotes", `A="one # two"# three`, "one # two"],
    ["single quotes, in which all stands for itself", "A='a\\n\"#b'", 'a\\n"#b'],
    ["back quotes", 'A=`it\'s "one"`', `it's "one"`],
    ["escapes in double quotes", 'A="say \\"hi\\"\\nbye C:\\dir"', 'say "hi"\nbye C:\\dir'],
    ["an apostrophe in a word", "A=it's", "it's"],
    ["an equals sign in a value", "A=b=c==", "b=c=="],
    ["quotes that are followed by more", 'A=one "two" three', 'one "two" three'],
    ["export and white space", "  export   A  =  one  ", "one"],
    ["a carriage return", "A=one\r\nB=two\r\n", "one"]
  ])("O9: reads %s", (_, text, expected) => {
    const parsed = parseDotEnv(text)
    expect(parsed.problems).toEqual([])
    expect(parsed.variables.values.A).toBe(expected)
  })

  it("O9: warns of values that earlier versions read differently, and of repeated names", () => {
    const { problems, warnings } = parseDotEnv("A=C# notes\nB='C# notes'\nC=one # two\nD=1\nD=2\n")
    expect(problems).toEqual([])
    expect(warnings.map(({ name }) => name)).toEqual(["A", "D"])
    expect(JSON.stringify(warnings)).not.toContain("notes")
  })

  it("names every line that is no assignment, without showing it, and reads the others", () => {
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

import { describe, expect, it } from "vitest"
import { parse } from "./PrometheusText.js"

const counter = "# HELP a_total A.\n# TYPE a_total counter\n"
const histogram = "# HELP h H.\n# TYPE h histogram\n"

describe("the parser of the tests", () => {
  it("reads valid input", () => {
    const families = parse(
      `${counter}a_total{x="1\\"\\\\\\n"} 2\n\n${histogram}h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3.5\nh_count 2\n`,
      "prometheus"
    )
    expect(families.get("a_total")?.samples).toEqual([{ name: "a_total", labels: { x: '1"\\\n' }, value: 2 }])
    expect(families.get("h")?.samples).toHaveLength(4)
  })

  it.each([
    ["no line feed at the end", `${counter}a_total 1`],
    ["no type", "a_total 1\n"],
    ["no help", "# TYPE a_total counter\na_total 1\n"],
    ["a series twice", `${counter}a_total 1\na_total 1\n`],
    ["a label twice", `${counter}a_total{x="1",x="2"} 1\n`],
    ["a bare quote", `${counter}a_total{x="""} 1\n`],
    ["a value that is none", `${counter}a_total x\n`],
    ["a timestamp", `${counter}a_total 1 1600000000\n`],
    ["a counter without its ending", "# HELP a A.\n# TYPE a counter\na 1\n"],
    ["buckets that fall", `${histogram}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`],
    ["no infinite bucket", `${histogram}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
    ["another count than the buckets", `${histogram}h_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n`]
  ])("refuses %s", (_, text) => {
    expect(() => parse(text, "prometheus")).toThrow()
  })

  it("reads OpenMetrics", () => {
    const text = "# HELP a A.\n# TYPE a counter\na_total 1\n# EOF\n"
    expect(parse(text, "openmetrics").get("a")?.samples).toHaveLength(1)
    expect(() => parse(text.replace("# EOF\n", ""), "openmetrics")).toThrow("EOF")
    expect(() => parse(text.replace("a_total", "a"), "openmetrics")).toThrow()
  })
})

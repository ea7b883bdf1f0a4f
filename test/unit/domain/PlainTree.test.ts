import { describe, expect, it } from "@effect/vitest"
import { mf2 } from "microformats-parser"
import { parse } from "parse5"
import { plainTree } from "../../../src/domain/PlainTree.js"

const baseUrl = "https://a.example/"

/** Number of nodes in a browser's tree of a page. */
const nodesOf = (html: string): number => {
  const count = (node: object): number =>
    1 + ("childNodes" in node ? (node.childNodes as Array<object>).reduce((sum, child) => sum + count(child), 0) : 0)
  return count(parse(html))
}

const long = (part: (index: number) => string): string => {
  let page = ""
  for (let index = 0; page.length < 4_096; index += 1) page += part(index)
  return page
}

const formatting = ["b", "font", "nobr", "a"]
const closing = ["p", "li", "td", "button", "object", "select", "svg"]

describe("S2: a page of another site, rewritten for a parser that builds a tree", () => {
  it("has a tree in proportion to its length, whatever is left open or closed in the wrong order", () => {
    for (const mark of formatting) {
      for (const block of closing) {
        for (const page of [
          long((index) => `<${block}><${mark} title=${index}></${block}>`),
          long((index) => `<${block}><${mark} title=${index}/>x<${block}>`),
          `<li>${Array.from({ length: 90 }, (_, index) => `<${mark} title=${index}>`).join("")}${long(() => `<${block}>x`)}`
        ]) {
          expect(nodesOf(plainTree(page)), page.slice(0, 60)).toBeLessThan(3_000)
        }
      }
    }
  })

  it("nests at most 100 elements, for elements without an end too", () => {
    for (const name of ["div", "b", "command", "isindex", "svg", "keygen", "x-y", "template", "object"]) {
      const depth = (node: object): number =>
        1 + Math.max(0, ...("childNodes" in node ? (node.childNodes as Array<object>).map(depth) : []))
      expect(depth(parse(plainTree(`<${name}>`.repeat(5_000)))), name).toBeLessThan(110)
    }
  })

  it("ends where too many properties have too long texts, or are items read for each of them", () => {
    const classes = Array.from({ length: 4_000 }, (_, index) => `p-x${index}`).join(" ")
    const pages = [
      `<div class="h-entry"><p class="${classes}">${"<b>x</b>".repeat(4_000)}`,
      `${'<div class="h-entry p-a p-b p-c p-d p-e">'.repeat(99)}${"<b>x</b>".repeat(4_000)}`,
      `${'<div class="h-entry e-a">'.repeat(99)}${"<b>x</b>".repeat(4_000)}`,
      `${'<div class="h-entry p-a p-b">'.repeat(60)}x`
    ]
    for (const page of pages) {
      const { items } = mf2(plainTree(page), { baseUrl })
      expect(JSON.stringify(items).length).toBeLessThan(4_000_000)
    }
  })

  it("keeps its metadata and microformats", () => {
    const page = `<!doctype html><html lang="en"><head><title>A &lt;b&gt;</title><base href="https://a.example/x/">
        <style>.p-name { }</style></head><body><ul><li class="h-entry"><h1 class="p-name">Tea &amp; <b>cake</b></h1>
        <p class="p-author h-card"><a class="u-url p-name" href="me">Ada</a><img class="u-photo" src="a.png" alt="A"></p>
        <table><tr><td class="p-summary">Short</td></tr></table>
        <time class="dt-published" datetime="2020-01-01">then</time><p class="p-note">one<p class="p-note">two</ul>`
    const rewritten = plainTree(page)
    const [item] = mf2(rewritten, { baseUrl }).items
    const [before] = mf2(page, { baseUrl }).items
    expect(item?.properties).toEqual(before?.properties)
    expect(rewritten).toContain("<title>A &lt;b&gt;</title>")
    expect(rewritten).not.toContain("p-name { }")
  })
})

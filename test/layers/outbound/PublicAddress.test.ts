import { expect, it } from "@effect/vitest"
import ip from "ipaddr.js"
import { isPublic } from "../../../layers/outbound/PublicAddress.js"

const open = isPublic(ip)

it.each([
  "1.1.1.1",
  "8.8.8.8",
  "93.184.216.34",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.0.1",
  "172.32.0.1",
  "223.255.255.254"
])("%s is public", (address) => expect(open(address)).toBe(true))

it.each(["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::808:808", "3ffe::1"])(
  "%s is public",
  (address) => expect(open(address)).toBe(true)
)

it.each([
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.255",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255"
])("%s is not public", (address) => expect(open(address)).toBe(false))

it.each([
  "::",
  "::1",
  "::7f00:1",
  "::127.0.0.1",
  "::8.8.8.8",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.1",
  "64:ff9b:1::8.8.8.8",
  "100::1",
  "2001::1",
  "2001:2::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2002:808:808::",
  "3fff::1",
  "4000::1",
  "5f00::1",
  "fc00::1",
  "fd12:3456:789a::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1"
])("%s is not public", (address) => expect(open(address)).toBe(false))

it.each(["", "localhost", "8.8.8.8:80", "[::1]", "8.8.8.8\n"])("%j is not an address", (text) =>
  expect(open(text)).toBe(false)
)

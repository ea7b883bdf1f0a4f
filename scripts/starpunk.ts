#!/usr/bin/env node

// Whoever reads us may leave early (`starpunk explain | head -1`): the command still does its work and ends as it would have.
const onClosed = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "EPIPE") throw error
}
process.stdout.on("error", onClosed)
process.stderr.on("error", onClosed)

const [command, ...rest] = process.argv.slice(2)
if (command === "serve" && rest.length === 0) {
  // The server must not pay for the command line when it starts.
  await import("./serve.js")
} else {
  const { main } = await import("./cli.js")
  main(process.argv)
}

// Opens pages in Chromium and prints, as JSON, what it and axe find in each.
//
//     node pages.mjs NODE_MODULES CHROMIUM PAGE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, executablePath, ...pages] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// With wcag22aa alone, axe looks for neither labels nor contrast.
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const screens = [
  { name: "desk", width: 1280, size: 100 },
  { name: "telephone", width: 320, size: 100 },
  { name: "large letters", width: 640, size: 200 },
  { name: "large letters on a telephone", width: 320, size: 200 },
];

// As root, which only containers are, its sandbox does not start.
const args = process.getuid && process.getuid() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args });
const found = {};
for (const file of pages) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  const papers = {};
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, preferCSSPageSize: false });
    papers[format] = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
  }
  const wide = {};
  for (const { name, width, size } of screens) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate((percent) => {
      document.documentElement.style.fontSize = `${percent}%`;
    }, size);
    wide[name] = await page.evaluate(() => {
      const root = document.documentElement;
      const cut = [...document.querySelectorAll("main *")].filter(
        (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
      );
      return { over: root.scrollWidth - root.clientWidth, cut: cut.map((e) => e.outerHTML) };
    });
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  found[file] = {
    violations: violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html}: ${node.failureSummary}`),
    ),
    requests: requests.filter((url) => url !== address),
    complaints,
    papers,
    wide,
  };
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));

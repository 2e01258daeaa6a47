// Sets formulas as a browser does: reads {"font", "formulas"} as JSON, writes a list of SVG texts, null for a formula that fails.
"use strict";

const { font, formulas } = JSON.parse(require("fs").readFileSync(0, "utf8"));

async function drawn(MathJax, latex) {
  try {
    const container = await MathJax.tex2svgPromise(latex, { display: true });
    const adaptor = MathJax.startup.adaptor;
    return adaptor.serializeXML(adaptor.tags(container, "svg")[0]);
  } catch {
    return null;
  }
}

async function main() {
  const MathJax = await require("mathjax").init({
    loader: { load: ["input/tex", "output/svg", "[tex]/ams"] },
    tex: {
      packages: { "[+]": ["ams"] },
      formatError: (_, error) => {
        throw error;
      },
    },
    output: { font },
    svg: { fontCache: "none" },
    startup: { typeset: false },
  });
  const pictures = [];
  for (const latex of formulas) pictures.push(await drawn(MathJax, latex));
  process.stdout.write(JSON.stringify(pictures));
}

main().catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});

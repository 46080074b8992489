"""Runs the browser's modules in Node, where there is one."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.submissions.precheck.jobs import ANSWERS

MODULES = Path(__file__).resolve().parents[3] / "static" / "js" / "precheck"
NODE = shutil.which("node")
MISSING = "no Node was found; the browser test asks the same questions in Chromium"
RUNNER = """
import fs from "node:fs";
const answer = {function};
const question = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await answer(question)));
"""
LOOKER = """
import fs from "node:fs/promises";
const { look, readFacts } = await import(process.argv[1] + "/look.js");
const file = await fs.open(process.argv[2]);
const { size } = await file.stat();
const slice = (from, to) => ({
  arrayBuffer: async () => {
    const bytes = Buffer.alloc(Math.max(Math.min(to, size) - from, 0));
    await file.read(bytes, 0, bytes.length, from);
    return bytes.buffer;
  },
});
const big = { size, slice };
const asked = process.argv[3] && JSON.parse(await fs.readFile(process.argv[3], "utf8"));
const found = asked ? await look(await blobOf(), asked) : await readFacts(big);
async function blobOf() {
  const blob = new Blob([await file.readFile()]);
  return Object.assign(blob, { name: "a", lastModified: 0 });
}
process.stdout.write(JSON.stringify(found));
await file.close();
"""


def modules_in(folder: Path) -> Path:
    """A copy that Node takes for modules by its package.json."""
    copy = folder / "precheck"
    shutil.copytree(MODULES, copy)
    (folder / "package.json").write_text('{"type": "module"}')
    return copy


def answers(base: Path, *, book: dict, jobs: list[dict]) -> list:
    function = ANSWERS[ANSWERS.index("async") :].rstrip().rstrip(";")
    question = {"base": str(base), "book": book, "jobs": jobs}
    script = RUNNER.replace("{function}", function)
    return json.loads(_run(script, stdin=json.dumps(question)))


def facts_read_from(path: Path, *, base: Path) -> dict:
    """What the browser's readers make of a real file."""
    return json.loads(_run(LOOKER, str(base), str(path)))


def look_at(path: Path, *, base: Path, **options) -> dict:
    """What a browser says of a real file before it is sent."""
    question = base.parent / "options.json"
    question.write_text(json.dumps(options))
    return json.loads(_run(LOOKER, str(base), str(path), str(question)))


def _run(script: str, *arguments: str, stdin: str = "") -> str:
    return subprocess.run(
        [NODE, "--input-type=module", "-e", script, "--", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
